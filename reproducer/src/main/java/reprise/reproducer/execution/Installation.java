package reprise.reproducer.execution;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Where the parts of Reprise lie beside each other, each in a folder of jars. */
public record Installation(Path lib) {
  /** The installation that this JVM was started from, as {@code bin/reprise} says. */
  public static Installation here() {
    String lib = System.getProperty("reprise.lib");
    if (lib == null) {
      throw new IllegalStateException("Reprise was not started by bin/reprise; use that.");
    }
    return new Installation(Path.of(lib).toAbsolutePath().normalize());
  }

  /** A class path for {@code java -cp} with all jars of a part. */
  public String classPath(String part) {
    return lib.resolve(part) + "/*";
  }

  /** JVM options that make a part's classes load faster; none if it was never rehearsed. */
  List<String> archive(String part) {
    Path archive = lib.resolve(part + ".archive");
    return Files.exists(archive)
        ? List.of("-Xlog:disable", "-Xshare:auto", "-XX:SharedArchiveFile=" + archive)
        : List.of(); // quiet, for a JVM of another JDK does not like it and goes without
  }

  /** The jar of the kernel extension, which is the agent too. */
  Path agent() throws IOException {
    try (Stream<Path> jars = Files.list(lib.resolve("kernel-extension"))) {
      return jars.filter(jar -> jar.getFileName().toString().startsWith("kernel-extension-"))
          .findFirst()
          .orElseThrow(() -> new IOException("the kernel extension is missing from " + lib));
    }
  }

  /** The command that starts a JVM of the JDK at {@code home}. */
  public static List<String> java(Path home) {
    return List.of(home.resolve("bin").resolve("java").toString());
  }
}
