package reprise.reproducer.replay;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import reprise.ledger.BlobFolder;
import reprise.ledger.Data;
import reprise.ledger.Data.Direction;
import reprise.ledger.Digest;
import reprise.ledger.Pipeline.Need;
import reprise.ledger.Run;
import reprise.ledger.Step;

/** Data that a replay reads as it lies somewhere now, not as it was recorded. */
final class LiveData {
  private static final int MOST_NAMED = 10;
  private static final int MOST_FILES = 10_000;
  private static final Set<Direction> FROM_OUTSIDE =
      Set.of(Direction.READ, Direction.LISTED, Direction.LOOKED_AT, Direction.MISSED);

  private final Set<Path> places = new TreeSet<>();
  private final boolean everything;

  /** Where what earlier stages made lies, by the path that cells know. */
  private final Map<Path, Path> handed;

  private LiveData(boolean everything, Map<Path, Path> handed) {
    this.everything = everything;
    this.handed = Map.copyOf(handed);
  }

  /** The same, and these files, which are in place from the beginning. */
  LiveData with(Map<Path, Path> handed) {
    LiveData live = new LiveData(everything, handed);
    live.places.addAll(places);
    return live;
  }

  /**
   * The places that are asked for, as the run knows them.
   *
   * @param told by parameters that are not as in the run, and that may lead to places of which it
   *     knew nothing
   * @throws NotOfThisRun if the run has read nothing there
   */
  static LiveData of(Run run, Set<String> asked, Collection<String> told) {
    LiveData live = new LiveData(asked.contains(Alterations.EVERYTHING), Map.of());
    Path from = Path.of(run.environment().workingDirectory());
    for (String place : asked) {
      if (place.equals(Alterations.EVERYTHING)) {
        continue;
      }
      Path path = from.resolve(place).normalize();
      if (!told.contains(place) && read(run).noneMatch(it -> it.startsWith(path))) {
        throw new NotOfThisRun(
            "This run has read nothing from %s; it has read %s.".formatted(path, examples(run)));
      }
      live.places.add(path);
    }
    return live;
  }

  private static Stream<Path> read(Run run) {
    return run.history().stream()
        .map(Step::data)
        .flatMap(List::stream)
        .filter(data -> FROM_OUTSIDE.contains(data.direction()))
        .map(data -> Path.of(data.path()));
  }

  private static String examples(Run run) {
    List<String> all =
        run.history().stream()
            .map(Step::data)
            .flatMap(List::stream)
            .filter(data -> data.direction() == Direction.READ)
            .map(Data::path)
            .distinct()
            .toList();
    String some = all.stream().limit(MOST_NAMED).collect(Collectors.joining(", "));
    return all.isEmpty() ? "no files" : all.size() > MOST_NAMED ? some + " and more" : some;
  }

  /** What is read live, a line each. */
  List<String> lines() {
    if (everything) {
      return List.of("all data was read as it lies there now, not as it was recorded");
    }
    return places.stream()
        .map("%s was read as it lies there now, not as it was recorded"::formatted)
        .toList();
  }

  /** The same needs, those of live places as they are now. */
  List<Need> now(List<Need> recorded, BlobFolder into) throws IOException {
    List<Need> now = new ArrayList<>();
    for (Need need : recorded) {
      Path path = Path.of(need.path());
      if (handed.containsKey(path)) {
        continue; // it is there from the beginning
      }
      if (everything || places.stream().anyMatch(path::startsWith)) {
        addAsItIs(path, need.kind() == Need.Kind.LISTING, into, now);
      } else {
        now.add(need);
      }
    }
    return now;
  }

  /**
   * All that lies in the live folders, and all that is handed over, for a run with other parameters
   * may read other files.
   */
  List<Need> atFirst(BlobFolder into) throws IOException {
    List<Need> all = new ArrayList<>();
    for (Map.Entry<Path, Path> each : new TreeMap<>(handed).entrySet()) {
      try (InputStream bytes = Files.newInputStream(each.getValue())) {
        all.add(new Need(each.getKey().toString(), into.keep(bytes)));
      }
    }
    for (Path place : places) {
      if (Files.isDirectory(place)) {
        addAsItIs(place, true, into, all);
      }
    }
    return all;
  }

  /**
   * @param inside whether all that is in a folder must be there too
   */
  private static void addAsItIs(Path path, boolean inside, BlobFolder into, List<Need> needs)
      throws IOException {
    if (needs.size() > MOST_FILES) {
      throw new IOException(
          "%s holds more than %d files; name those that are to be read live with --live-data."
              .formatted(path, MOST_FILES));
    }
    if (Files.isDirectory(path)) {
      needs.add(new Need(path.toString(), Need.Kind.FOLDER, null, 0));
      if (inside) {
        try (Stream<Path> entries = Files.list(path)) {
          for (Path entry : entries.toList()) {
            addAsItIs(entry, true, into, needs);
          }
        }
      }
    } else if (Files.isRegularFile(path)) {
      try (InputStream bytes = Files.newInputStream(path)) {
        Digest digest = into.keep(bytes);
        needs.add(new Need(path.toString(), digest));
      }
    } else {
      needs.add(new Need(path.toString(), Need.Kind.ABSENT, null, 0));
    }
  }
}
