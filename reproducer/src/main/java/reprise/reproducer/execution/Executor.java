package reprise.reproducer.execution;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import reprise.ledger.Home;
import reprise.ledger.Journal;
import reprise.ledger.Masked;
import reprise.ledger.Pipeline;
import reprise.ledger.Run;
import reprise.ledger.RunEvent;
import reprise.ledger.Wire;

/** Executes a pipeline in a clean JVM and follows its journal. */
public final class Executor {
  private static final long POLL_MILLIS = 20;
  private static final long LONGEST_DEATH_SECONDS = 5;
  private static final int SIGNAL = 128; // what the JDK adds to the number of one that ended it

  private final Installation installation;
  private final Map<String, String> environment;

  public Executor(Installation installation, Map<String, String> environment) {
    this.installation = installation;
    this.environment = environment;
  }

  /** Nothing was executed; the message says why. */
  public static final class NothingExecuted extends IOException {
    private static final long serialVersionUID = 1L;

    public NothingExecuted(String said) {
      super(said.isBlank() ? "The JVM that should execute the cells ended at once." : said);
    }
  }

  /** Nothing was executed, for somebody else ended the JVM; another try may do better. */
  public static final class Killed extends IOException {
    private static final long serialVersionUID = 1L;

    Killed() {
      super("The JVM that should execute the cells was killed before it began.");
    }
  }

  /** Some cells were executed, and then the time was over; the message says what to do. */
  public static final class OutOfTime extends IOException {
    private static final long serialVersionUID = 1L;

    OutOfTime(Duration limit) {
      super(
          "The replay was not done after %s and was stopped with all that it had started; give it more by --timeout."
              .formatted(words(limit)));
    }

    private static String words(Duration limit) {
      return limit.toString().substring(2).toLowerCase(Locale.ROOT);
    }
  }

  /**
   * How the JVM is to be.
   *
   * @param javaHome of its JDK
   * @param options for the JVM itself, before ours
   * @param directory in which it works, which exists
   * @param unset variables that it does not get from this process
   * @param variables set in its environment besides the rest of this process's own
   * @param longest after which it is stopped; null for never
   */
  public record Jvm(
      Path javaHome,
      List<String> options,
      Path directory,
      Set<String> unset,
      Map<String, String> variables,
      @Nullable Duration longest) {
    public Jvm {
      options = List.copyOf(options);
      unset = Set.copyOf(unset);
      variables = Map.copyOf(variables);
    }
  }

  /**
   * Executes all of {@code pipeline} and returns the run that came of it. When this process ends
   * before, so does the JVM with all that it has started.
   *
   * @param progress told of each event, soon after it happened
   * @throws OutOfTime if it took longer than it may
   */
  public Run execute(Pipeline pipeline, Jvm jvm, Consumer<RunEvent> progress) throws IOException {
    try (Waiting waiting = start(jvm)) {
      return waiting.execute(pipeline, progress);
    }
  }

  /** Starts a JVM that waits for a pipeline, so that its start and the preparation need not. */
  public Waiting start(Jvm jvm) throws IOException {
    Path said = Files.createTempFile("reprise-", ".txt");
    try {
      return new Waiting(jvm, start(jvm, said), said);
    } catch (IOException e) {
      Files.deleteIfExists(said);
      throw e;
    }
  }

  /** A JVM for one pipeline. When it is closed, or this process ends, its JVM ends as well. */
  public final class Waiting implements AutoCloseable {
    private final Jvm jvm;
    private final Process process;
    private final Path said;
    private final Family family;
    private final Thread stop;

    private Waiting(Jvm jvm, Process process, Path said) {
      this.jvm = jvm;
      this.process = process;
      this.said = said;
      this.family = new Family(process);
      this.stop = new Thread(family::end);
      Runtime.getRuntime().addShutdownHook(stop);
    }

    /** As {@link Executor#execute}; once. */
    public Run execute(Pipeline pipeline, Consumer<RunEvent> progress) throws IOException {
      order(process, pipeline);
      follow(process, pipeline, jvm.longest(), progress);
      family.end();
      return result(pipeline, nothing());
    }

    @Override
    public void close() throws IOException {
      family.end();
      awaitDeath(); // what it was stopped in writing is nobody's before
      Runtime.getRuntime().removeShutdownHook(stop);
      Files.deleteIfExists(said);
    }

    /** What is to be said if it has executed no cell. */
    private IOException nothing() throws IOException {
      return process.exitValue() > SIGNAL
          ? new Killed()
          : new NothingExecuted(Files.readString(said).strip());
    }

    private void awaitDeath() {
      try {
        process.waitFor(LONGEST_DEATH_SECONDS, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Through a pipe, for what was masked in the record stands in it again. */
  private static void order(Process process, Pipeline pipeline) {
    try (OutputStream in = process.getOutputStream()) {
      in.write(Wire.write(pipeline).getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      // it has ended already, and what it said will tell why
    }
  }

  private Process start(Jvm jvm, Path said) throws IOException {
    List<String> command = new ArrayList<>(Installation.java(jvm.javaHome()));
    command.addAll(jvm.options());
    command.addAll(installation.archive("kernel-extension"));
    if (records()) {
      command.add("-javaagent:" + installation.agent());
    }
    command.add("-Dreprise.parent=" + ProcessHandle.current().pid());
    command.add("-cp");
    command.add(installation.classPath("kernel-extension"));
    command.add("reprise.extension.headless.Main");
    command.add("-");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(jvm.directory().toFile())
            .redirectInput(ProcessBuilder.Redirect.PIPE)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(said.toFile());
    builder.environment().putAll(environment);
    builder.environment().keySet().removeIf(Masked::isVariable);
    builder.environment().keySet().removeAll(jvm.unset());
    builder.environment().putAll(jvm.variables());
    return builder.start();
  }

  /**
   * {@code REPRISE_RECORD=off} is what recording is measured against: only the journal that is
   * followed here is written, into a home of the caller's that no server sweeps.
   */
  private boolean records() {
    return !"off".equals(environment.get("REPRISE_RECORD"));
  }

  private void follow(
      Process process, Pipeline pipeline, @Nullable Duration longest, Consumer<RunEvent> progress)
      throws IOException {
    long began = System.nanoTime();
    Path journal = Home.of(environment).journal(pipeline.session());
    try {
      while (Files.notExists(journal) && process.isAlive()) {
        checkTime(began, longest);
        process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS);
      }
      if (Files.notExists(journal)) {
        return;
      }
      try (Journal.Follower follower = Journal.follow(journal)) {
        boolean alive = true;
        while (alive) {
          alive = !process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS);
          follower.news().forEach(progress);
          if (alive) {
            checkTime(began, longest);
          }
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while cells were executed", e);
    }
  }

  private static void checkTime(long began, @Nullable Duration longest) throws OutOfTime {
    if (longest != null && System.nanoTime() - began > longest.toNanos()) {
      throw new OutOfTime(longest);
    }
  }

  private Run result(Pipeline pipeline, IOException otherwise) throws IOException {
    Path journal = Home.of(environment).journal(pipeline.session());
    if (Files.notExists(journal)) {
      throw otherwise;
    }
    try {
      List<Run> runs = Run.all(ended(journal));
      if (runs.isEmpty()) {
        throw otherwise;
      }
      return Objects.requireNonNull(runs.get(runs.size() - 1));
    } catch (UncheckedIOException e) {
      throw new IOException("the journal " + journal + " cannot be read", e);
    }
  }

  /** What stands in the journal, with an end also where the disk has no room for that any more. */
  private static List<RunEvent> ended(Path journal) throws IOException {
    InstantSource clock = InstantSource.system();
    try {
      Journal.recover(journal, clock);
      return Journal.read(journal);
    } catch (IOException e) {
      List<RunEvent> events = new ArrayList<>(Journal.read(journal));
      if (!events.isEmpty()) {
        RunEvent last = events.get(events.size() - 1);
        events.add(
            new RunEvent.SessionEnded(
                last.session(), last.number() + 1, clock.instant(), "killed"));
      }
      return events;
    }
  }
}
