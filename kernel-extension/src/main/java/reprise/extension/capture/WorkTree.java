package reprise.extension.capture;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import reprise.extension.agent.FileState;

/**
 * The files under a folder as they are at a moment, by their paths from there. Bounded, for a child
 * process may work in somebody's home folder; what lies deeper or beyond is not seen.
 */
record WorkTree(Map<Path, FileState> files) {
  private static final int DEEPEST = 6;
  private static final int MOST_ENTRIES = 5_000;
  private static final Set<String> PASSED_OVER = Set.of("node_modules", "venv", "__pycache__");

  static WorkTree of(Path root, Predicate<Path> passedOver) {
    Map<Path, FileState> files = new HashMap<>();
    try {
      Files.walkFileTree(
          root, EnumSet.noneOf(FileVisitOption.class), DEEPEST, new Visit(root, passedOver, files));
    } catch (IOException e) {
      // the folder is gone; its files are too
    }
    return new WorkTree(files);
  }

  /** Collects files until there are too many. */
  private static final class Visit extends SimpleFileVisitor<Path> {
    private final Path root;
    private final Predicate<Path> passedOver;
    private final Map<Path, FileState> files;
    private int entries;

    Visit(Path root, Predicate<Path> passedOver, Map<Path, FileState> files) {
      this.root = root;
      this.passedOver = passedOver;
      this.files = files;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
      String name = String.valueOf(folder.getFileName());
      boolean passes = folder.equals(root) || !(name.startsWith(".") || PASSED_OVER.contains(name));
      return passes ? FileVisitResult.CONTINUE : FileVisitResult.SKIP_SUBTREE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      if (++entries > MOST_ENTRIES) {
        return FileVisitResult.TERMINATE;
      }
      if (attributes.isRegularFile() && !passedOver.test(file)) {
        FileState state = FileState.ifThere(file);
        if (state != null) {
          files.put(root.relativize(file), state);
        }
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) {
      return FileVisitResult.CONTINUE;
    }
  }
}
