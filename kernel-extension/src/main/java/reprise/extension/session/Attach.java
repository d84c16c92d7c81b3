package reprise.extension.session;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import reprise.extension.kernel.InstalledSpecs;
import reprise.extension.kernel.KernelSpec;

/** {@code reprise kernel attach}: makes a recorded twin of a Java kernel that is installed. */
final class Attach {
  static final String USAGE =
      "       reprise kernel attach NAME [--prefix DIR]\n"
          + "Makes a recorded twin of an installed Java kernel, such as IJava's, JJava's or"
          + " Rapaio's.";

  private final String name;
  private final @Nullable Path prefix;

  private Attach(String name, @Nullable Path prefix) {
    this.name = name;
    this.prefix = prefix;
  }

  /**
   * Takes the words behind {@code reprise kernel}.
   *
   * @throws IllegalArgumentException if they are not understood
   */
  static Attach of(String[] arguments) {
    boolean hasPrefix = arguments.length == 4 && arguments[2].equals("--prefix");
    if (arguments.length != 2 && !hasPrefix) {
      throw new IllegalArgumentException("Attach to which kernel?");
    }
    return new Attach(arguments[1], hasPrefix ? Path.of(arguments[3]).toAbsolutePath() : null);
  }

  /** Does it; returns what is to be said of it. */
  String done(Map<String, String> environment) throws IOException, URISyntaxException {
    InstalledSpecs installed = new InstalledSpecs(environment);
    Twin twin = Twin.of(installed.find(name).orElseThrow(() -> unknown(installed.names())));
    Path folder = KernelSpec.folder(prefix, twin.name(), environment);
    boolean isThere = Files.exists(folder.resolve("kernel.json"));
    twin.writeTo(folder, agent());
    return "%s %s; choose '%s (recorded)' in Jupyter"
        .formatted(
            isThere ? "Renewed" : "Attached",
            folder,
            twin.spec().path("display_name").asText(name));
  }

  private IllegalArgumentException unknown(List<String> installed) {
    return new IllegalArgumentException(
        installed.isEmpty()
            ? "There is no kernel '%s', nor any other; install a Java kernel first.".formatted(name)
            : "There is no kernel '%s'; installed are: %s."
                .formatted(name, String.join(", ", installed)));
  }

  private static Path agent() throws IOException, URISyntaxException {
    Path own = Path.of(Attach.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    Path folder = own.toAbsolutePath().resolveSibling("../agent").normalize();
    try (DirectoryStream<Path> jars = Files.newDirectoryStream(folder, "*.jar")) {
      for (Path jar : jars) {
        return jar;
      }
    }
    throw new IOException("Reprise is not built: there is no jar in " + folder);
  }
}
