package reprise.notebooks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import reprise.ledger.Wire;

/** Java kernels that are not ours, installed where Jupyter's programs find them. */
final class OtherKernels {
  private static final Path SOURCES =
      Path.of(System.getProperty("reprise.root"), "notebooks/src/test/kernels");
  private static final Path JARS =
      Path.of(System.getProperty("reprise.root"), "notebooks/target/kernels");

  private final Path data;

  /**
   * @param data Jupyter's data folder
   */
  OtherKernels(Path data) {
    this.data = data;
  }

  /** The class path of a small kernel on somebody's library, compiled just now. */
  String compiled(String library) throws IOException {
    Path classes = Files.createDirectories(data.resolveSibling("classes").resolve(library));
    String jars = jars(library);
    compile(sources(library), jars, classes);
    return classes + ":" + jars;
  }

  /** A class folder with one public class. */
  String library(String name, String body) throws IOException {
    Path folder = Files.createDirectories(data.resolveSibling("classes").resolve(name));
    int dot = name.lastIndexOf('.');
    Path source = folder.resolve(name.substring(dot + 1) + ".java");
    Files.writeString(
        source,
        "package %s; public class %s { public %s }"
            .formatted(name.substring(0, dot), name.substring(dot + 1), body));
    compile(List.of(source), "", folder);
    return folder.toString();
  }

  private static void compile(List<Path> sources, String classPath, Path into) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter said = new StringWriter();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      boolean compiles =
          compiler
              .getTask(
                  said,
                  files,
                  null,
                  List.of("--release", "17", "-cp", classPath, "-d", into.toString()),
                  null,
                  files.getJavaFileObjectsFromPaths(sources))
              .call();
      assertThat(compiles).as(said.toString()).isTrue();
    }
  }

  private static String jars(String library) throws IOException {
    try (Stream<Path> jars = Files.list(JARS.resolve(library))) {
      return String.join(":", jars.map(Path::toString).sorted().toList());
    }
  }

  private static List<Path> sources(String library) throws IOException {
    try (Stream<Path> shared = Files.list(SOURCES.resolve("shared"));
        Stream<Path> own = Files.list(SOURCES.resolve(library))) {
      return Stream.concat(shared, own).toList();
    }
  }

  /** Installs a kernel. */
  void install(String name, Map<String, String> environment, List<String> argv) throws IOException {
    ObjectNode spec = Wire.JSON.createObjectNode();
    spec.put("display_name", "Other " + name).put("language", "java");
    spec.put("interrupt_mode", "message");
    spec.set("argv", Wire.JSON.valueToTree(argv));
    spec.set("env", Wire.JSON.valueToTree(environment));
    Path folder = Files.createDirectories(data.resolve("kernels").resolve(name));
    Files.writeString(folder.resolve("kernel.json"), spec.toPrettyString());
  }

  /** A kernel's jar that holds all that it needs. */
  static Path fatJar(String name) {
    return JARS.resolve(name + ".jar");
  }
}
