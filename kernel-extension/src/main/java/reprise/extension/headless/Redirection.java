package reprise.extension.headless;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import reprise.ledger.Home;
import reprise.ledger.Workspace;

/**
 * Leads a replay's paths into its workspace. Everything is led there but what belongs to the
 * machine or to us; of the machine's files too, one that the workspace holds as it was recorded.
 */
final class Redirection implements UnaryOperator<Path> {
  private static final List<String> THE_MACHINES =
      List.of("/proc", "/sys", "/dev", "/etc", "/usr", "/lib", "/lib64", "/bin", "/sbin", "/run");

  private final Workspace workspace;
  private final List<Path> leftAlone;
  private final List<Path> machines;

  Redirection(Workspace workspace, Home home, List<Path> ours) {
    this.workspace = workspace;
    this.leftAlone =
        Stream.concat(
                ours.stream(),
                Stream.of(
                    workspace.root(),
                    home.root(),
                    Path.of(System.getProperty("java.home")),
                    Path.of(System.getProperty("user.home"), ".m2")))
            .map(path -> path.toAbsolutePath().normalize())
            .toList();
    this.machines = THE_MACHINES.stream().map(Path::of).toList();
  }

  @Override
  public Path apply(Path path) {
    if (path.getNameCount() == 0 || leftAlone.stream().anyMatch(path::startsWith)) {
      return path;
    }
    Path place = workspace.place(path);
    return machines.stream().anyMatch(path::startsWith) && !Files.exists(place) ? path : place;
  }
}
