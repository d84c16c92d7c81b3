package reprise.extension.attach;

import java.lang.instrument.Instrumentation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import reprise.extension.agent.Agent;
import reprise.extension.agent.KernelHooks;
import reprise.extension.capture.OurJars;
import reprise.extension.cell.AddedJar;
import reprise.extension.session.Beginning;
import reprise.extension.session.PendingRecording;

/** Lets the recorder into a kernel that is not ours. {@link Threshold} calls it by name. */
public final class Attached {
  private static final Path UNKNOWN = Path.of("unknown.json");

  private Attached() {}

  /**
   * Makes ready to hear the kernel in this JVM.
   *
   * @param agent the jar that the JVM was given as an agent
   * @return weaves a class of the kernel's, given by its internal name; null if it is not as we
   *     know it
   */
  public static BiFunction<String, byte[], byte @Nullable []> begin(
      Instrumentation instrumentation, String agent) {
    Agent.premain(null, instrumentation);
    Recognition recognition = new Recognition(connectionFile().isPresent());
    AttachedKernel kernel =
        new AttachedKernel(
            (it, name, added) -> recording(it, name, added, Path.of(agent)), recognition, agent);
    KernelHooks hooks = KernelHooks.install(kernel);
    return (name, bytes) -> {
      byte[] woven = hooks.woven(name, bytes);
      if (woven == null) {
        recognition.isStrange(name.replace('/', '.') + " is another than expected");
      }
      return woven;
    };
  }

  private static PendingRecording recording(
      AttachedKernel kernel, String name, List<AddedJar> added, Path agent) {
    List<Path> kernels = OurJars.now();
    List<Path> classPath =
        Stream.concat(kernels.stream(), added.stream().map(AddedJar::path)).distinct().toList();
    List<Path> noData = new ArrayList<>(kernels);
    noData.add(agent.toAbsolutePath().resolveSibling("..").normalize());
    PendingRecording recording =
        new PendingRecording(
            new Beginning(
                    connectionFile().orElse(UNKNOWN), System.getenv(), name, classPath, noData)
                ::recording);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  kernel.exits();
                  recording.end(kernel.ending());
                },
                "reprise-ending"));
    return recording;
  }

  /** Jupyter hands it over as an argument, wherever the launcher puts it. */
  private static Optional<Path> connectionFile() {
    return ProcessHandle.current().info().arguments().stream()
        .flatMap(Arrays::stream)
        .filter(argument -> argument.endsWith(".json"))
        .map(Path::of)
        .filter(Files::isRegularFile)
        .findFirst();
  }
}
