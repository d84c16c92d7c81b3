package reprise.reproducer.export;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * What is on its way to its target, beside which it stands under another name until it is whole.
 */
final class Draft implements Closeable {
  private static final String PREFIX = ".reprise-";

  /** In every folder that an export made, so that only such a one is ever replaced. */
  static final String OURS = ".reprise-export";

  private final Path target;
  private final Path path;

  private Draft(Path target, Path path) {
    this.target = target;
    this.path = path;
  }

  /** A file that does not exist yet; readers of the target see all of it or none. */
  static Draft file(ExportOrder order) throws IOException {
    Path target = order.target();
    if (Files.isDirectory(target)) {
      throw new TargetInUse(target, "is a folder, and this form is one file");
    }
    checkFree(order);
    return new Draft(target, Files.createFile(name(target)));
  }

  /** A folder with nothing in it. */
  static Draft folder(ExportOrder order) throws IOException {
    Path target = order.target();
    if (Files.exists(target) && order.force() && Files.notExists(target.resolve(OURS))) {
      throw new TargetInUse(target, "was not made by an export, so it is not replaced");
    }
    checkFree(order);
    Path folder = Files.createDirectory(name(target));
    Files.createFile(folder.resolve(OURS));
    return new Draft(target, folder);
  }

  /** A folder for what is to become a part of {@code draft}; it is never finished itself. */
  static Draft beside(Draft draft) throws IOException {
    return new Draft(draft.path, Files.createDirectory(name(draft.path)));
  }

  /** One that nobody has. The JDK's own temporary files could be read by nobody else for ever. */
  private static Path name(Path target) throws IOException {
    Path name = Files.createTempFile(parent(target), PREFIX, ".part");
    Files.delete(name);
    return name;
  }

  private static void checkFree(ExportOrder order) throws TargetInUse {
    if (Files.exists(order.target()) && !order.force()) {
      throw new TargetInUse(order.target());
    }
  }

  private static Path parent(Path target) throws IOException {
    Path parent = Objects.requireNonNullElse(target.getParent(), target);
    if (!Files.isDirectory(parent)) {
      throw new NoSuchFileException(
          parent + " is not a folder; make it first, or give another -o.");
    }
    return parent;
  }

  Path path() {
    return path;
  }

  /** Puts it where it belongs. */
  void finish() throws IOException {
    if (Files.isDirectory(path)) {
      Path old = target.resolveSibling(path.getFileName() + "-old");
      if (Files.exists(target)) {
        Files.move(target, old);
      }
      Files.move(path, target);
      delete(old);
    } else {
      Files.move(path, target, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** Removes what was not finished. */
  @Override
  public void close() throws IOException {
    delete(path);
  }

  private static void delete(Path path) throws IOException {
    if (Files.notExists(path)) {
      return;
    }
    try (Stream<Path> all = Files.walk(path)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(each);
      }
    }
  }
}
