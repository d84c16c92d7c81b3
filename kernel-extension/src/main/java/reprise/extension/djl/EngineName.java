package reprise.extension.djl;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import reprise.ledger.Engine;

/** What an engine says of itself, and what the operating system says that the JVM has loaded. */
final class EngineName {
  private static final Path LOADED = Path.of("/proc/self/maps");

  private EngineName() {}

  /** Null if it does not say. */
  static @Nullable Engine of(Object engine) {
    try {
      String name = String.valueOf(Djl.ask(engine, "engine.Engine", "getEngineName"));
      return new Engine(
          name,
          String.valueOf(Djl.ask(engine, "engine.Engine", "getVersion")),
          (String) Djl.ask(engine, "engine.Engine", "getDjlVersion"),
          libraries("/" + name.toLowerCase(Locale.ROOT) + "/"));
    } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
      return null;
    }
  }

  /** DJL unpacks an engine's libraries below a folder of the engine's name. */
  private static List<String> libraries(String folder) {
    if (!Files.isReadable(LOADED)) {
      return List.of();
    }
    try (Stream<String> lines = Files.lines(LOADED)) {
      return lines
          .filter(line -> line.contains(folder))
          .map(line -> line.substring(line.indexOf('/')))
          .distinct()
          .toList();
    } catch (IOException e) {
      return List.of();
    }
  }
}
