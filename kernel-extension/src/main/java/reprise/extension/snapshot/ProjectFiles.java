package reprise.extension.snapshot;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.FileVisitor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The code that stands around a notebook: files that people write, by their endings. Bounded, for a
 * notebook may lie in somebody's home folder.
 */
record ProjectFiles(Path root) {
  private static final int DEEPEST = 6;
  private static final int MOST_ENTRIES = 5_000;
  private static final long LARGEST = 1 << 20;
  private static final Set<String> ENDINGS =
      Set.of(
          "java",
          "jsh",
          "jshell",
          "ipynb",
          "kt",
          "groovy",
          "scala",
          "py",
          "sh",
          "sql",
          "xml",
          "properties",
          "toml",
          "yaml",
          "yml",
          "gradle",
          "kts",
          "md");
  private static final Set<String> BUILT =
      Set.of("target", "build", "out", "bin", "node_modules", "venv", "__pycache__");

  /** The files that are there now, by their path from the root with forward slashes, in order. */
  Map<String, Path> now() throws IOException {
    Map<String, Path> found = new TreeMap<>();
    Files.walkFileTree(
        root, EnumSet.noneOf(java.nio.file.FileVisitOption.class), DEEPEST, into(found));
    return found;
  }

  private FileVisitor<Path> into(Map<String, Path> found) {
    return new SimpleFileVisitor<>() {
      private int entries;

      @Override
      public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
        boolean passes = folder.equals(root) || !isPassedOver(folder.getFileName().toString());
        return passes ? FileVisitResult.CONTINUE : FileVisitResult.SKIP_SUBTREE;
      }

      @Override
      public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
        if (++entries > MOST_ENTRIES) {
          return FileVisitResult.TERMINATE;
        }
        if (attributes.isRegularFile() && attributes.size() <= LARGEST && isCode(file)) {
          found.put(root.relativize(file).toString(), file);
        }
        return FileVisitResult.CONTINUE;
      }

      @Override
      public FileVisitResult visitFileFailed(Path file, IOException e) {
        return FileVisitResult.CONTINUE; // not ours to read, so not ours to keep
      }
    };
  }

  private static boolean isPassedOver(String folder) {
    return folder.startsWith(".") || BUILT.contains(folder);
  }

  private static boolean isCode(Path file) {
    String name = file.getFileName().toString();
    int dot = name.lastIndexOf('.');
    return dot > 0 && ENDINGS.contains(name.substring(dot + 1).toLowerCase(Locale.ROOT));
  }
}
