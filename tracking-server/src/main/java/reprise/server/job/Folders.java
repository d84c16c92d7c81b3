package reprise.server.job;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reprise.ledger.Digest;
import reprise.ledger.Job;
import reprise.ledger.Trigger;
import reprise.server.job.JobTable.Due;

/**
 * Finds the files that come into folders. It looks itself, again and again, rather than to be told:
 * what came while nobody listened is found like everything else, and so is what comes over a
 * network. A file counts when it has not changed for a while, and once: by its path, size and time.
 */
final class Folders {
  private static final Logger LOG = LoggerFactory.getLogger(Folders.class);
  private static final int DEEPEST = 20;
  private static final int BATCH = 500;

  private final Jdbi jdbi;
  private final Debounce debounce;
  private final InstantSource clock;
  private final Map<Long, Map<Path, Sight>> seen = new HashMap<>();

  /** How a file looked, and since when. */
  private record Sight(String key, Instant since) {}

  Folders(Jdbi jdbi, Debounce debounce, InstantSource clock) {
    this.jdbi = jdbi;
    this.debounce = debounce;
    this.clock = clock;
  }

  /** Looks at all folders that triggers name; called by one thread. */
  void look() {
    List<Due> triggers = jdbi.withExtension(JobTable.class, table -> table.ofKind("directory"));
    seen.keySet().retainAll(triggers.stream().map(Due::id).collect(Collectors.toSet()));
    for (Due each : triggers) {
      try {
        look(each, (Trigger.Directory) each.trigger());
      } catch (IOException e) {
        LOG.warn("the folder of trigger {} cannot be read: {}", each.id(), e.getMessage());
      }
    }
  }

  private void look(Due due, Trigger.Directory trigger) throws IOException {
    Map<Path, Sight> before = seen.getOrDefault(due.id(), Map.of());
    Map<Path, Sight> now = new TreeMap<>(); // by name, which is the order in which they are fired
    Instant at = clock.instant();
    for (Map.Entry<Path, String> file :
        Files.isDirectory(Path.of(trigger.path()))
            ? files(trigger, due.seenTo()).entrySet()
            : List.<Map.Entry<Path, String>>of()) {
      Sight sight = before.get(file.getKey());
      boolean same =
          sight != null
              && sight.key().equals(file.getValue())
              && !sight.since().isAfter(at); // else by a clock that has been set back since
      now.put(file.getKey(), same ? sight : new Sight(file.getValue(), at));
    }
    seen.put(due.id(), now);
    Instant settled = at.minus(Duration.ofSeconds(trigger.settleSeconds()));
    List<Map.Entry<Path, Sight>> come = unheard(due, now);
    List<Map.Entry<Path, Sight>> ready =
        come.stream().filter(it -> !it.getValue().since().isAfter(settled)).toList();
    if (trigger.together() && ready.size() < come.size()) {
      return; // more of them are on their way
    }
    for (int i = 0; i < ready.size(); i += trigger.together() ? ready.size() : BATCH) {
      List<Map.Entry<Path, Sight>> some =
          trigger.together() ? ready : ready.subList(i, Math.min(ready.size(), i + BATCH));
      jdbi.useTransaction(handle -> fire(handle, due, trigger, some));
    }
  }

  private List<Map.Entry<Path, Sight>> unheard(Due due, Map<Path, Sight> files) {
    if (files.isEmpty()) {
      return List.of();
    }
    Set<String> heard = jdbi.withExtension(JobTable.class, table -> table.heard(due.id()));
    return files.entrySet().stream().filter(it -> !heard.contains(it.getValue().key())).toList();
  }

  private void fire(
      Handle handle, Due due, Trigger.Directory trigger, List<Map.Entry<Path, Sight>> files) {
    JobTable table = handle.attach(JobTable.class);
    Job job = table.find(due.job()).orElse(null);
    if (job == null) {
      return;
    }
    List<String> keys = files.stream().map(Folders::keyOf).toList();
    int[] heard = table.hear(due.id(), keys, clock.instant());
    List<Map.Entry<Path, Sight>> fresh =
        IntStream.range(0, heard.length).filter(i -> heard[i] > 0).mapToObj(files::get).toList();
    if (trigger.together() && !fresh.isEmpty()) {
      debounce.take(handle, due, job, occasion(handle, due, trigger, fresh));
    } else {
      debounce.takeAll(
          handle,
          due,
          job,
          fresh.stream().map(it -> occasion(handle, due, trigger, List.of(it))).toList());
    }
  }

  private static Firings.Occasion occasion(
      Handle handle, Due due, Trigger.Directory trigger, List<Map.Entry<Path, Sight>> files) {
    String parameter = trigger.parameter();
    List<String> paths = new ArrayList<>();
    if (trigger.together() && parameter != null) {
      Debounce.waiting(handle, due).map(it -> it.get(parameter)).ifPresent(paths::add);
    }
    files.forEach(it -> paths.add(it.getKey().toString()));
    return new Firings.Occasion(
        "file:%d:%s".formatted(due.id(), trigger.together() ? key(files) : keyOf(files.get(0))),
        files.size() == 1
            ? "file " + files.get(0).getKey()
            : files.size() + " files in " + trigger.path(),
        false,
        null,
        parameter == null ? Map.of() : Map.of(parameter, String.join("\n", paths)));
  }

  private static String keyOf(Map.Entry<Path, Sight> file) {
    return file.getValue().key();
  }

  private static String key(List<Map.Entry<Path, Sight>> files) {
    String keys = files.stream().map(it -> keyOf(it) + "\n").collect(Collectors.joining());
    return Digest.of(keys.getBytes(StandardCharsets.UTF_8)).hex();
  }

  /** Those that the trigger means and that came after it was set, each with what tells it apart. */
  private static Map<Path, String> files(Trigger.Directory trigger, Instant since)
      throws IOException {
    Path folder = Path.of(trigger.path());
    PathMatcher wanted = FileSystems.getDefault().getPathMatcher("glob:" + trigger.pattern());
    List<PathMatcher> ignored =
        trigger.ignore().stream()
            .map(it -> FileSystems.getDefault().getPathMatcher("glob:" + it))
            .toList();
    Map<Path, String> files = new HashMap<>();
    Files.walkFileTree(
        folder,
        Set.of(),
        DEEPEST,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Path name = file.getFileName();
            if (attributes.isRegularFile()
                && wanted.matches(folder.relativize(file))
                && ignored.stream().noneMatch(it -> it.matches(name))
                && !came(file, attributes).isBefore(since)) {
              files.put(
                  file,
                  "%s:%d:%d"
                      .formatted(
                          folder.relativize(file),
                          attributes.size(),
                          attributes.lastModifiedTime().toMillis()));
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) {
            return FileVisitResult.CONTINUE; // gone again, or nobody's to read
          }
        });
    return files;
  }

  /** A file that was moved here keeps the time at which it was written. */
  private static Instant came(Path file, BasicFileAttributes attributes) throws IOException {
    Instant written = attributes.lastModifiedTime().toInstant();
    try {
      FileTime changed =
          (FileTime) Files.getAttribute(file, "unix:ctime", LinkOption.NOFOLLOW_LINKS);
      return changed.toInstant().isAfter(written) ? changed.toInstant() : written;
    } catch (UnsupportedOperationException | IllegalArgumentException e) {
      return written;
    }
  }
}
