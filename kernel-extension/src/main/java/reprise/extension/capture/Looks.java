package reprise.extension.capture;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import reprise.extension.agent.FileState;
import reprise.ledger.Listing;

/** The folders that a step listed, and what it asked of the names that it found in them. */
final class Looks {
  private static final int MOST_NAMES = 100_000;

  private final Map<Path, Listed> latest = new HashMap<>();

  /** One listing; what is asked of its entries afterwards becomes part of it. */
  static final class Listed {
    private final Map<String, Listing.Entry> entries = new LinkedHashMap<>();

    private Listed(String[] names) {
      for (String name : names) {
        entries.put(name, new Listing.Entry(name, null, null));
      }
    }

    Listing listing() {
      return new Listing(new ArrayList<>(entries.values()));
    }

    List<String> names() {
      return List.copyOf(entries.keySet());
    }
  }

  /**
   * The names in a folder as they are now.
   *
   * @param real where the folder really lies
   * @return null if they are those that were listed last, cannot be had, or are too many
   */
  @Nullable Listed list(Path folder, Path real) {
    String[] names = new File(real.toString()).list();
    if (names == null || names.length > MOST_NAMES) {
      return null;
    }
    Listed before = latest.get(folder);
    if (before != null && before.names().equals(List.of(names))) {
      return null;
    }
    Listed now = new Listed(names);
    latest.put(folder, now);
    return now;
  }

  @Nullable Listed latest(Path folder) {
    return latest.get(folder);
  }

  /** Notes what was asked of a path; false if its folder was not listed with it. */
  boolean asked(Path path, FileState state) {
    Path folder = path.getParent();
    Path name = path.getFileName();
    Listed listed = folder == null ? null : latest.get(folder);
    if (listed == null || name == null) {
      return false;
    }
    boolean isFolder = state.isFolder();
    Listing.Entry asked =
        new Listing.Entry(
            name.toString(), isFolder ? null : state.size(), isFolder ? Boolean.TRUE : null);
    return listed.entries.replace(name.toString(), asked) != null;
  }
}
