package reprise.extension.capture;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import reprise.extension.agent.FileTouch;
import reprise.extension.agent.FileWitness;
import reprise.extension.cell.SnippetNames;
import reprise.ledger.ChildProcess;
import reprise.ledger.Data;
import reprise.ledger.Data.Direction;

/**
 * Gives each touch of a file to the step on whose behalf it happens: the one whose snippet stands
 * outermost on the stack, so a thread that outlives its cell still counts for that cell; else the
 * running one.
 */
final class FileCapture implements FileWitness {
  private final FileDigests digests;
  private final Allowance allowance;
  private final Keeping keeping;
  private final Executor hashing;
  private final Predicate<Path> passedOver;
  private final UnaryOperator<Path> redirection;
  private final Databases databases;
  private final Path temporary = Path.of(System.getProperty("java.io.tmpdir")).normalize();
  private final Map<Integer, CapturedStep> steps = new ConcurrentHashMap<>();
  private final Map<String, Integer> stepOfSnippet = new ConcurrentHashMap<>();
  private final Queue<Integer> touchedLate = new ConcurrentLinkedQueue<>();
  private volatile @Nullable Thread cellThread;
  private volatile boolean executing;
  private volatile int step;

  /** What is known of one step's files. */
  private record CapturedStep(StepFiles files, StepChildren children) {}

  /** What a step did after its end, through a thread that outlived it. */
  record Late(int step, List<Data> data, List<ChildProcess> children) {}

  /**
   * Writes nothing down before {@link #begin}.
   *
   * @param passedOver files that are not data: the JDK's, our own, the class path's
   * @param redirection where a path really leads, see {@link
   *     reprise.extension.agent.FileHooks#redirect}
   */
  FileCapture(
      FileDigests digests,
      Allowance allowance,
      Executor hashing,
      Predicate<Path> passedOver,
      UnaryOperator<Path> redirection) {
    this.digests = digests;
    this.allowance = allowance;
    this.keeping = new Keeping(digests, allowance, hashing);
    this.hashing = hashing;
    this.passedOver = passedOver;
    this.redirection = redirection;
    this.databases = new Databases(redirection);
  }

  /** From now on steps belong to another run. */
  void runOpens() {
    allowance.runOpens();
  }

  /** Begins a step on this thread. */
  void begin(int number) {
    StepFiles files = new StepFiles(keeping, redirection, it -> touchedLate.add(number));
    steps.put(
        number, new CapturedStep(files, new StepChildren(files, digests, passedOver, redirection)));
    step = number;
    cellThread = Thread.currentThread();
  }

  /** Tells whether the cell's own code runs on its thread, rather than the compiler. */
  void executing(boolean now) {
    executing = now;
  }

  /** The running step has got this class, or an older step's class anew. */
  void loaded(String className) {
    SnippetNames.snippetOf(className).ifPresent(snippet -> stepOfSnippet.put(snippet, step));
  }

  /** The processes that the running step has started; to be asked before {@link #end}. */
  List<ChildProcess> children() {
    CapturedStep running = steps.get(step);
    return running == null ? List.of() : running.children.take();
  }

  /** Ends the step; returns what it did to files, in order. Waits for digests on their way. */
  List<Data> end() {
    cellThread = null;
    CapturedStep ended = steps.get(step);
    if (ended == null) {
      return List.of();
    }
    databases.settle(ended.files);
    return ended.files.take();
  }

  /** What steps that have ended did since then; only those are looked at that did something. */
  List<Late> late() {
    List<Late> late = new ArrayList<>();
    Set<Integer> numbers = new TreeSet<>();
    for (Integer number = touchedLate.poll(); number != null; number = touchedLate.poll()) {
      numbers.add(number);
    }
    for (Integer number : numbers) {
      CapturedStep outlived = steps.get(number);
      if (outlived != null) {
        List<ChildProcess> children = outlived.children.take();
        late.add(new Late(number, outlived.files.take(), children));
      }
    }
    return late;
  }

  /** Saves the bytes of what a step did on this machine, beside the cells. */
  void keep(List<Data> data) {
    hashing.execute(
        () -> {
          for (Data each : data) {
            try {
              boolean isThere =
                  each.direction() == Direction.READ || each.direction() == Direction.WRITTEN;
              if (isThere && each.keepsItsBytes()) {
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
    if (step == 0
        || Caller.isOurs() // first, for the code history opens files all the time
        || passedOver.test(path)
        || isTheMachines(touch, path)) {
      return;
    }
    CapturedStep by = onBehalfOf();
    if (by == null) {
      return;
    }
    if (touch != FileTouch.LOOK) {
      by.children.settle();
    }
    if (Machine.isDevice(path)) {
      if (touch == FileTouch.READ && Caller.isReadByASnippet()) {
        by.files.readOfTheMachine(path);
      }
      return;
    }
    if (touch == FileTouch.CONNECT) {
      databases.open(path);
    }
    by.files.touch(touch, path, target);
  }

  /** Whether the answer is the machine's own in a replay too, or another one every time. */
  private boolean isTheMachines(FileTouch touch, Path path) {
    return (touch == FileTouch.LOOK && (Machine.owns(path) || path.getNameCount() == 0))
        || path.equals(temporary);
  }

  @Override
  public void starts(List<String> command, Path folder) {
    CapturedStep by = behindChild();
    if (by != null) {
      by.children.starts(command, folder);
    }
  }

  @Override
  public void started(Process process) {
    CapturedStep by = behindChild();
    if (by != null) {
      by.children.started(process);
    }
  }

  /**
   * The step that asks for something outside this process on the current thread; 0 if none does. In
   * doubt it is none: the engine, a magic that fetches jars and the kernel have ways of their own
   * to the network.
   */
  int caller() {
    Thread running = cellThread;
    boolean onItsThread = Thread.currentThread() == running;
    if (step == 0 || Caller.isOurs() || (onItsThread && !executing) || Caller.isAMagic()) {
      return 0;
    }
    int latest = running != null && executing ? step : 0;
    return onItsThread
        ? step
        : Caller.outermostSnippet()
            .map(snippet -> stepOfSnippet.getOrDefault(snippet, latest))
            .orElse(latest);
  }

  private @Nullable CapturedStep onBehalfOf() {
    Thread running = cellThread;
    boolean onItsThread = Thread.currentThread() == running;
    if (onItsThread && executing) {
      return steps.get(step); // the walk along the stack is saved where most touches happen
    }
    if (Caller.isOurs()) {
      return null;
    }
    String snippet = Caller.outermostSnippet().orElse(null);
    if (snippet != null) {
      return steps.get(stepOfSnippet.getOrDefault(snippet, step));
    }
    // the engine itself at work, or nobody's cell
    return running == null || onItsThread ? null : steps.get(step);
  }

  /** On a cell's thread the engine itself starts no process but for a magic of the cell's. */
  private @Nullable CapturedStep behindChild() {
    return step != 0 && Thread.currentThread() == cellThread ? steps.get(step) : onBehalfOf();
  }
}
