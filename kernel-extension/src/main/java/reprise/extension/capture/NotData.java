package reprise.extension.capture;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import reprise.ledger.Home;

/**
 * Files that programs touch without meaning them as data: the JDK's own, Reprise's own, the
 * kernel's view of itself, jars and native libraries on their way into the JVM. Jars are recorded
 * as class path instead.
 */
final class NotData implements Predicate<Path> {
  private final List<Path> roots;

  NotData(Home home, List<Path> ours) {
    this.roots =
        java.util.stream.Stream.concat(
                ours.stream(),
                java.util.stream.Stream.of(
                    home.journals(),
                    home.blobs(),
                    home.code(),
                    home.server(),
                    Path.of(System.getProperty("java.home")),
                    Path.of(System.getProperty("user.home"), ".m2", "repository"),
                    Path.of("/proc"),
                    Path.of("/sys"),
                    Path.of("/dev")))
            .map(root -> root.toAbsolutePath().normalize())
            .toList();
  }

  @Override
  public boolean test(Path file) {
    return roots.stream().anyMatch(file::startsWith) || isOnItsWayIntoTheJvm(file.toString());
  }

  private static boolean isOnItsWayIntoTheJvm(String file) {
    return file.endsWith(".jar") || file.endsWith(".so");
  }
}
