package reprise.extension.policy;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.PatternSyntaxException;

/**
 * How much of the data is kept.
 *
 * @param largestFile in bytes; of a larger one only the digest is recorded
 * @param largestRun in bytes; what a run touches beyond that is recorded by its digest only
 * @param ignored glob patterns of files that are no data; one without a slash is meant in any
 *     folder, others from {@code root}
 * @param root the folder of the policy file
 */
public record Policy(long largestFile, long largestRun, List<String> ignored, Path root) {
  private static final long GB = 1L << 30;

  /** Where nobody has written one. */
  public static final Policy DEFAULT = new Policy(8 * GB, 64 * GB, List.of(), Path.of("/"));

  public Policy {
    ignored = List.copyOf(ignored);
  }

  /** Those files that the person does not count as data. Their paths are absolute. */
  public Predicate<Path> ignores() {
    Predicate<Path> none = file -> false;
    return ignored.stream().map(this::ignores).reduce(none, Predicate::or);
  }

  private Predicate<Path> ignores(String pattern) {
    PathMatcher matcher = matcher(pattern);
    boolean anywhere = pattern.indexOf('/') < 0;
    return file -> {
      Path matched = anywhere ? file.getFileName() : inside(file);
      return matched != null && matcher.matches(matched);
    };
  }

  private Path inside(Path file) {
    return file.startsWith(root) ? root.relativize(file) : file;
  }

  static boolean isPattern(String text) {
    try {
      return !text.isBlank() && matcher(text) != null;
    } catch (PatternSyntaxException e) {
      return false;
    }
  }

  private static PathMatcher matcher(String pattern) {
    return FileSystems.getDefault().getPathMatcher("glob:" + pattern);
  }
}
