package reprise.ledger;

import java.nio.file.Path;

/**
 * A file that an attempt wrote.
 *
 * @param path relative to the working directory of the cells; absolute for what lay outside
 * @param size in bytes
 */
public record Artifact(String path, long size, Digest digest) {
  private static final String OUTSIDE = "outside";

  /** Where it lies in a folder of artifacts. */
  public Path in(Path folder) {
    Path place = folder.resolve(path.startsWith("/") ? OUTSIDE + path : path).normalize();
    if (!place.startsWith(folder)) {
      throw new IllegalArgumentException("'%s' would lie outside of its folder".formatted(path));
    }
    return place;
  }
}
