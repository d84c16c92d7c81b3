package reprise.extension.headless;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import reprise.extension.agent.FileHooks;
import reprise.extension.capture.Machine;
import reprise.extension.capture.NativeCache;
import reprise.ledger.Home;
import reprise.ledger.Workspace;

/**
 * Leads a replay's paths into its workspace. Everything is led there but what belongs to the
 * machine or to us; of the machine's files too, one that the workspace holds as it was recorded.
 */
final class Redirection implements UnaryOperator<Path>, FileHooks.Elsewhere {
  private final Workspace workspace;
  private final List<Path> leftAlone;
  private final NativeCache engines = new NativeCache();
  private final Orders orders = new Orders();

  Redirection(Workspace workspace, Home home, List<Path> ours) {
    this.workspace = workspace;
    this.leftAlone =
        Stream.concat(
                ours.stream(),
                Stream.of(
                    workspace.root(),
                    home.root(),
                    Path.of(System.getProperty("java.home")),
                    Home.person().resolve(".m2")))
            .map(path -> path.toAbsolutePath().normalize())
            .toList();
  }

  @Override
  public Path apply(Path path) {
    if (path.getNameCount() == 0
        || leftAlone.stream().anyMatch(path::startsWith)
        || engines.holds(path.toString())) {
      return path;
    }
    Path place = workspace.place(path);
    return Machine.owns(path) && !Files.exists(place) ? path : place;
  }

  @Override
  public Path real(Path meant) {
    return apply(meant);
  }

  @Override
  public Path meant(Path real) {
    return workspace.recorded(real);
  }

  @Override
  public String[] ordered(Path real, String[] names) {
    return orders.ordered(real, names);
  }

  /** The listings that the next cell is to see. */
  Orders orders() {
    return orders;
  }
}
