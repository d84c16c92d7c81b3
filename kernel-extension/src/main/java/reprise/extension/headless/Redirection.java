package reprise.extension.headless;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import reprise.extension.agent.FileHooks;
import reprise.extension.capture.Caller;
import reprise.extension.capture.Machine;
import reprise.extension.capture.NativeCache;
import reprise.ledger.Home;
import reprise.ledger.Workspace;

/**
 * Leads a replay's paths into its workspace. What belongs to the machine or to us is read where it
 * lies, unless the workspace holds it as it was recorded or as the replay left it; what a cell
 * changes always lies in the workspace.
 */
final class Redirection implements UnaryOperator<Path>, FileHooks.Elsewhere {
  private final Workspace workspace;
  private final List<Path> readInPlace;
  private final NativeCache engines = new NativeCache();
  private final Orders orders = new Orders();

  Redirection(Workspace workspace, Home home, List<Path> ours) {
    this.workspace = workspace;
    this.readInPlace =
        Stream.concat(
                ours.stream(),
                Stream.of(
                    home.root(),
                    Path.of(System.getProperty("java.home")),
                    Home.person().resolve(".m2")))
            .map(path -> path.toAbsolutePath().normalize())
            .toList();
  }

  @Override
  public Path apply(Path path) {
    if (isExempt(path)) {
      return path;
    }
    Path place = workspace.place(path);
    return isReadInPlace(path) && !Files.exists(place, LinkOption.NOFOLLOW_LINKS) ? path : place;
  }

  private boolean isExempt(Path path) {
    return path.getNameCount() == 0
        || path.startsWith(workspace.root())
        || engines.holds(path.toString());
  }

  private boolean isReadInPlace(Path path) {
    return Machine.owns(path) || readInPlace.stream().anyMatch(path::startsWith);
  }

  /** Devices are no files, and what our own code writes, such as the journal, is no cell's. */
  @Override
  public Path changed(Path path) {
    if (isExempt(path) || !isReadInPlace(path)) {
      return apply(path);
    }
    boolean isOfACell = Machine.owns(path) ? !Machine.isDevice(path) : Caller.isCode();
    return isOfACell ? withItsFolder(path) : path;
  }

  /** The place of a file that is about to come into a folder which the workspace does not have. */
  private Path withItsFolder(Path path) {
    Path place = workspace.place(path);
    Path folder = path.getParent();
    if (folder != null && Files.isDirectory(folder)) {
      try {
        Files.createDirectories(place.getParent());
      } catch (IOException e) {
        return place; // the program is about to be told
      }
    }
    return place;
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
