package reprise.extension.capture;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import reprise.extension.agent.FileTouch;
import reprise.extension.agent.FileWitness;
import reprise.ledger.Data;
import reprise.ledger.Data.Direction;

/**
 * Gives each touch of a file to the step on whose behalf it happens: the one whose snippet stands
 * outermost on the stack, so a thread that outlives its cell still counts for that cell; else the
 * running one.
 */
final class FileCapture implements FileWitness {
  private final FileDigests digests;
  private final Executor hashing;
  private final Predicate<Path> passedOver;
  private final UnaryOperator<Path> redirection;
  private final Map<Integer, StepFiles> steps = new ConcurrentHashMap<>();
  private final Map<String, Integer> stepOfSnippet = new ConcurrentHashMap<>();
  private volatile @Nullable Thread cellThread;
  private volatile int step;

  /**
   * Writes nothing down before {@link #begin}.
   *
   * @param passedOver files that are not data: the JDK's, our own, the class path's
   * @param redirection where a path really leads, see {@link
   *     reprise.extension.agent.FileHooks#redirect}
   */
  FileCapture(
      FileDigests digests,
      Executor hashing,
      Predicate<Path> passedOver,
      UnaryOperator<Path> redirection) {
    this.digests = digests;
    this.hashing = hashing;
    this.passedOver = passedOver;
    this.redirection = redirection;
  }

  /** Begins a step on this thread. */
  void begin(int number) {
    steps.put(number, new StepFiles(digests, hashing, redirection));
    step = number;
    cellThread = Thread.currentThread();
  }

  /** The running step has got this class, or an older step's class anew. */
  void loaded(String className) {
    Caller.snippetOf(className).ifPresent(snippet -> stepOfSnippet.put(snippet, step));
  }

  /** Ends the step; returns what it did to files, in order. Waits for digests on their way. */
  List<Data> end() {
    cellThread = null;
    StepFiles ended = steps.get(step);
    return ended == null ? List.of() : ended.take();
  }

  /** What steps that have ended did since then, through threads that outlived them. */
  Map<Integer, List<Data>> late() {
    Map<Integer, List<Data>> late = new TreeMap<>();
    steps.forEach(
        (number, files) -> {
          List<Data> data = number == step && cellThread != null ? List.of() : files.take();
          if (!data.isEmpty()) {
            late.put(number, data);
          }
        });
    return late;
  }

  /** Saves the bytes of what a step did on this machine, beside the cells. */
  void keep(List<Data> data) {
    hashing.execute(
        () -> {
          for (Data each : data) {
            try {
              if (each.direction() != Direction.DELETED && each.digest() != null) {
                digests.keep(redirection.apply(Path.of(each.path())));
              }
            } catch (IOException e) {
              // gone or changed already; the uplink finds out whether the bytes can still be had
            }
          }
        });
  }

  @Override
  public void touches(FileTouch touch, Path path, @Nullable Path target) {
    if (step == 0 || passedOver.test(path)) {
      return;
    }
    StepFiles files = onBehalfOf();
    if (files != null) {
      files.touch(touch, path, target);
    }
  }

  private @Nullable StepFiles onBehalfOf() {
    if (Caller.isOurs()) {
      return null;
    }
    Thread running = cellThread;
    String snippet = Caller.outermostSnippet().orElse(null);
    if (snippet != null) {
      return steps.get(stepOfSnippet.getOrDefault(snippet, step));
    }
    // the engine itself at work, or nobody's cell
    boolean nobodys = running == null || Thread.currentThread() == running;
    return nobodys ? null : steps.get(step);
  }
}
