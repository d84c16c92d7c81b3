package reprise.reproducer.replay;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reprise.ledger.Data;
import reprise.ledger.Digest;
import reprise.ledger.Listing;
import reprise.ledger.Pipeline.Need;
import reprise.ledger.Step;

/**
 * What must be put in place before each step. A path that an earlier step left as this one found it
 * needs nothing: the replay makes it itself. One that came, changed or went from outside does. What
 * a step did first with a path tells how it found it.
 */
public final class FileNeeds {
  private final Function<Digest, Optional<Listing>> listings;
  private final Map<String, Left> left = new HashMap<>();

  /** What is in a place after the steps so far; the digest is null if nobody knows the bytes. */
  private record Left(@Nullable Digest digest, long size) {}

  /** One step's needs on their way. */
  private static final class Needs {
    private final List<Need> all = new ArrayList<>();
    private final Set<String> touched = new HashSet<>();

    /** Put there because they were listed; the step may still need more of them. */
    private final Set<String> placed = new HashSet<>();

    private final Set<String> missed = new HashSet<>();

    void add(String path, Need.Kind kind, @Nullable Digest digest, long size) {
      all.add(new Need(path, kind, digest, size));
    }

    /** Whether the step made the folder, or one above it, itself. */
    boolean makes(String folder) {
      for (String up = folder; !up.isEmpty(); up = parent(up)) {
        if (missed.contains(up)) {
          return true;
        }
      }
      return false;
    }
  }

  /**
   * @param listings what stands in a listing; empty if nobody has it
   */
  public FileNeeds(Function<Digest, Optional<Listing>> listings) {
    this.listings = listings;
  }

  /** What {@code step} needs; to be asked of each step once, in order. */
  public List<Need> of(Step step) {
    Needs needs = new Needs();
    for (Data data : step.data()) {
      boolean first = needs.touched.add(data.path());
      switch (data.direction()) {
        case READ, DELETED -> {
          if (first) {
            needBytes(data, needs);
          }
        }
        case WRITTEN -> needFolderOf(data.path(), needs);
        case LISTED -> needFolder(data, needs);
        case LOOKED_AT -> {
          if (first) {
            needSize(data.path(), data.size(), needs);
          }
        }
        case MISSED -> {
          if (first) {
            needs.missed.add(data.path());
            needs.add(data.path(), Need.Kind.ABSENT, null, 0);
          }
        }
        case RECEIVED, CONNECTED, REFUSED -> {} // no file
      }
      remember(data);
    }
    return needs.all;
  }

  private void needBytes(Data data, Needs needs) {
    Left there = left.get(data.path());
    Digest digest = data.digest();
    if (digest != null && (there == null || !digest.equals(there.digest()))) {
      needs.all.add(new Need(data.path(), digest));
    }
  }

  /** A folder that was there before must be there again, though nobody asked for it. */
  private static void needFolderOf(String path, Needs needs) {
    String folder = parent(path);
    if (!folder.isEmpty() && !needs.makes(folder) && needs.touched.add(folder)) {
      needs.add(folder, Need.Kind.FOLDER, null, 0);
    }
  }

  private void needFolder(Data data, Needs needs) {
    if (needs.makes(data.path())) {
      return;
    }
    needs.add(data.path(), Need.Kind.FOLDER, null, 0);
    Digest digest = data.digest();
    Optional<Listing> listing = digest == null ? Optional.empty() : listings.apply(digest);
    if (listing.isPresent()) {
      needEntries(data.path(), listing.get(), needs);
      needs.add(data.path(), Need.Kind.LISTING, digest, 0);
    }
  }

  private void needEntries(String folder, Listing listing, Needs needs) {
    String inside = folder.equals("/") ? "/" : folder + "/";
    Set<String> names = new HashSet<>();
    for (Listing.Entry entry : listing.entries()) {
      String path = inside + entry.name();
      names.add(path);
      if (!needs.touched.contains(path) && needs.placed.add(path)) {
        if (Boolean.TRUE.equals(entry.folder())) {
          needs.add(path, Need.Kind.FOLDER, null, 0);
        } else {
          needSize(path, entry.size() == null ? Need.ANY_SIZE : entry.size(), needs);
        }
      }
    }
    for (String path : List.copyOf(left.keySet())) {
      if (parent(path).equals(folder) && !names.contains(path) && !needs.touched.contains(path)) {
        needs.add(path, Need.Kind.ABSENT, null, 0);
        left.remove(path);
      }
    }
  }

  private void needSize(String path, long size, Needs needs) {
    Left there = left.get(path);
    if (there == null || (size != Need.ANY_SIZE && there.size() != size)) {
      needs.add(path, Need.Kind.SIZED, null, size);
    }
  }

  private void remember(Data data) {
    switch (data.direction()) {
      case READ, WRITTEN -> left.put(data.path(), new Left(data.digest(), data.size()));
      case DELETED, MISSED -> left.remove(data.path());
      case LISTED, LOOKED_AT, RECEIVED, CONNECTED, REFUSED -> {}
    }
  }

  private static String parent(String path) {
    int slash = path.lastIndexOf('/');
    return slash <= 0 ? "" : path.substring(0, slash);
  }
}
