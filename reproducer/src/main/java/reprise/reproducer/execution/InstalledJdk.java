package reprise.reproducer.execution;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;
import reprise.ledger.Environment;

/**
 * A JDK that lies on this machine now.
 *
 * @param version e.g. {@code 17.0.15}
 */
public record InstalledJdk(Path home, String version, String vendor) {
  /**
   * Reads what the JDK says of itself in its file {@code release}, which all since 9 have; empty if
   * there is none at this place that could start a JVM.
   */
  public static Optional<InstalledJdk> at(Path home) {
    if (!Files.isExecutable(home.resolve("bin/java"))
        || Files.notExists(home.resolve("lib/modules"))) {
      return Optional.empty();
    }
    Properties release = new Properties();
    try (Reader file =
        Files.newBufferedReader(home.resolve("release"), StandardCharsets.ISO_8859_1)) {
      release.load(file);
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty();
    }
    String version = unquoted(release.getProperty("JAVA_VERSION", ""));
    return version.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new InstalledJdk(home, version, unquoted(release.getProperty("IMPLEMENTOR", ""))));
  }

  private static String unquoted(String value) {
    return value.replace("\"", "");
  }

  /** Whether it is of the version and from the vendor of this one, wherever that lay. */
  public boolean is(Environment.Jdk recorded) {
    return version.equals(recorded.version()) && vendor.equals(recorded.vendor());
  }

  /** The number by which a version is called, e.g. 17. */
  int feature() {
    return feature(version);
  }

  static int feature(String version) {
    try {
      return Runtime.Version.parse(version).feature();
    } catch (IllegalArgumentException e) {
      return 0; // no JDK that there could be
    }
  }

  @Override
  public String toString() {
    return "%s of %s".formatted(version, vendor);
  }
}
