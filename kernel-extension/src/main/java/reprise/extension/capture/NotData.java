package reprise.extension.capture;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import reprise.ledger.AttemptResult;
import reprise.ledger.Home;

/**
 * Files that programs touch without meaning them as data: the JDK's own, Reprise's own, jars and
 * native libraries on their way into the JVM, what the person wants ignored. Jars are recorded as
 * class path instead.
 */
final class NotData implements Predicate<Path> {
  private static final List<String> ARTIFACTS = List.of("/" + AttemptResult.ARTIFACTS);

  private final List<String> roots;

  /** Reprise's own as well, but what jobs made is there for others to read. */
  private final List<String> made;

  private final String attempts;

  private final NativeCache engines = new NativeCache();

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
                    settings(Path.of(System.getProperty("java.home"))),
                    Home.person().resolve(".m2/repository")))
            .map(root -> root.toAbsolutePath().normalize().toString())
            .toList();
    this.made = List.of(home.madeByJobs().toAbsolutePath().normalize().toString());
    this.attempts = home.attempts().toAbsolutePath().normalize() + "/";
  }

  /** Of the JDK; a distribution may keep them elsewhere and put links in their place. */
  private static Path settings(Path javaHome) {
    Path conf = javaHome.resolve("conf");
    try {
      return conf.resolve("net.properties").toRealPath().resolveSibling("");
    } catch (IOException e) {
      return conf;
    }
  }

  @Override
  public boolean test(Path file) {
    String name = file.toString();
    return (Machine.lies(name, roots) && !isMadeByAJob(name))
        || engines.holds(name)
        || isOnItsWayIntoTheJvm(name);
  }

  private boolean isMadeByAJob(String file) {
    if (!file.startsWith(attempts)) {
      return Machine.lies(file, made);
    }
    int below = file.indexOf('/', attempts.length()); // beside it are logs and workspaces
    return below > 0 && Machine.lies(file.substring(below), ARTIFACTS);
  }

  private static boolean isOnItsWayIntoTheJvm(String file) {
    return file.endsWith(".jar")
        || file.endsWith(".class")
        || file.contains("/META-INF/services/")
        || file.endsWith(".so")
        || file.endsWith(".so.lck"); // how SQLite's driver marks the library that it has unpacked
  }
}
