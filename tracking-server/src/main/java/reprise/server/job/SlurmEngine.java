package reprise.server.job;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import reprise.ledger.AttemptOrder;
import reprise.ledger.Placement;
import reprise.server.reproducer.Reproducer;

/**
 * Has attempts carried out by a Slurm cluster whose nodes see the server's home. An attempt
 * outlives the server there: whoever comes next finds its number in its folder and goes on waiting
 * for it.
 *
 * <p>Its end is the file {@code exit}, which its script puts in place; Slurm is asked only whether
 * it is still there, for it forgets jobs after some minutes. Slurm never starts one again by
 * itself, or two might be at work on the same.
 */
record SlurmEngine(String command) implements Engine {
  private static final String NUMBER = "slurm-job";
  private static final String EXIT = "exit";
  private static final String LOG = "log";
  private static final Duration LONGEST_ANSWER = Duration.ofSeconds(30);
  private static final Duration GRACE = Duration.ofSeconds(5);
  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final int KILLED = 128;
  // Slurm's state of such a job is only that it failed; the words stand in its output.
  private static final Pattern OUT_OF_MEMORY =
      Pattern.compile("exceeded memory limit|oom-kill|Out Of Memory", Pattern.CASE_INSENSITIVE);
  // Whoever says so has not looked at what was asked.
  private static final Pattern AWAY =
      Pattern.compile(
          "unable to contact slurm controller|connect failure|timed out|zero bytes"
              + "|connection refused|standby mode|resource temporarily unavailable"
              + "|authentication error|munge|unable to establish config",
          Pattern.CASE_INSENSITIVE);
  private static final Set<String> ALIVE =
      Set.of(
          "PENDING",
          "CONFIGURING",
          "RUNNING",
          "COMPLETING",
          "SUSPENDED",
          "RESV_DEL_HOLD",
          "REQUEUE_HOLD",
          "SIGNALING",
          "STAGE_OUT",
          "STOPPED");

  @Override
  public Work start(AttemptOrder order, Path folder, Map<String, String> directions)
      throws IOException {
    String number = known(folder, order);
    if (number == null) {
      number = submit(order, folder, directions);
    }
    Path half = folder.resolve(NUMBER + ".half");
    Files.writeString(half, number);
    Files.move(half, folder.resolve(NUMBER), StandardCopyOption.REPLACE_EXISTING);
    return new Job(number, folder);
  }

  /** Whether an attempt that was begun there may still come to an end. */
  static boolean isUnderWay(Path folder) {
    return Files.exists(folder.resolve(NUMBER));
  }

  /** One that was handed over before its number could be noted is found by its name. */
  private static @Nullable String known(Path folder, AttemptOrder order) throws IOException {
    if (Files.exists(folder.resolve(NUMBER))) {
      return Files.readString(folder.resolve(NUMBER)).strip();
    }
    String found = ask("squeue", "-h", "-n", name(order), "-o", "%i").strip();
    return found.isEmpty() ? null : found.lines().findFirst().orElse(null);
  }

  private static String name(AttemptOrder order) {
    return "reprise-" + order.attempt();
  }

  private String submit(AttemptOrder order, Path folder, Map<String, String> directions)
      throws IOException {
    Path script = folder.resolve("run.sh");
    Files.writeString(script, script(folder), UTF_8);
    List<String> words = new ArrayList<>(List.of("sbatch", "--parsable", "--no-requeue"));
    words.add("--job-name=" + name(order));
    words.add("--output=" + folder.resolve(LOG));
    words.add("--open-mode=append");
    words.add("--chdir=" + folder);
    words.add("--export=" + "ALL");
    Placement on = order.on();
    add(words, "--partition", on.partition());
    add(words, "--cpus-per-task", on.cpus());
    add(words, "--mem", on.memory());
    add(words, "--gpus", on.gpus());
    add(words, "--time", on.minutes());
    add(words, "--account", on.account());
    words.add(script.toString());
    // e.g. 17;cluster
    return ask(directions, words).strip().replaceFirst(";.*", "");
  }

  private static void add(List<String> words, String option, @Nullable Object value) {
    if (value != null) {
      words.add(option + "=" + value);
    }
  }

  /** The signal that ends a job must reach the JVM, so the script waits for it by hand. */
  private String script(Path folder) {
    String place = quoted(folder.toString());
    return """
        #!/bin/sh
        trap 'kill -TERM "$child" 2> /dev/null' TERM INT
        %s attempt %s &
        child=$!
        wait "$child"
        code=$?
        while kill -0 "$child" 2> /dev/null; do wait "$child"; code=$?; done
        echo "$code" > %s/exit.half && mv %s/exit.half %s/exit
        exit "$code"
        """
        .formatted(quoted(command), place, place, place, place);
  }

  private static String quoted(String word) {
    return "'" + word.replace("'", "'\\''") + "'";
  }

  private static String ask(String... words) throws IOException {
    return ask(Map.of(), List.of(words));
  }

  private static String ask(Map<String, String> environment, List<String> words)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
    builder.environment().putAll(environment);
    Process process;
    try {
      process = builder.start();
    } catch (IOException e) {
      throw new IOException(
          "'%s' is not on this machine; the server must run where jobs can be handed to Slurm"
              .formatted(words.get(0)),
          e);
    }
    try {
      process.getOutputStream().close();
      String said = new String(process.getInputStream().readAllBytes(), UTF_8);
      if (!process.waitFor(LONGEST_ANSWER.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new Away("Slurm does not answer; see that slurmctld runs");
      }
      if (process.exitValue() != 0) {
        String sentence = "Slurm says: " + said.strip().replaceAll("\\s+", " ");
        throw AWAY.matcher(said).find() ? new Away(sentence) : new IOException(sentence);
      }
      return said;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
      throw new IOException("interrupted while Slurm was asked", e);
    }
  }

  /** A job of the cluster's. */
  private static final class Job implements Work {
    private final String number;
    private final Path folder;
    private long gone;

    Job(String number, Path folder) {
      this.number = number;
      this.folder = folder;
    }

    @Override
    public boolean await(Duration patience) throws InterruptedException, IOException {
      long end = System.nanoTime() + Math.max(patience.toNanos(), LOOK.toNanos());
      while (System.nanoTime() < end) {
        if (Files.exists(folder.resolve(EXIT))) {
          return true;
        }
        TimeUnit.MILLISECONDS.sleep(100);
      }
      if (isAlive()) {
        gone = 0;
        return false;
      }
      gone = gone == 0 ? System.nanoTime() : gone;
      // A file system of many machines may show late what was written.
      return System.nanoTime() - gone > GRACE.toNanos();
    }

    /** While nobody answers, nothing is known to have ended. */
    private boolean isAlive() {
      try {
        String state = ask("squeue", "-h", "-j", number, "-o", "%T").strip();
        return ALIVE.contains(state);
      } catch (IOException e) {
        return !String.valueOf(e.getMessage()).contains("Invalid job id");
      }
    }

    @Override
    public void stop() {
      if (!isCancelled()) {
        Thread thread = new Thread(this::keepCancelling, "cancel Slurm job " + number);
        thread.setDaemon(true);
        thread.start();
      }
    }

    private void keepCancelling() {
      try {
        do {
          TimeUnit.NANOSECONDS.sleep(LOOK.toNanos());
        } while (!isCancelled());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    /** False while nobody answers: it would go on without anybody who wants it. */
    private boolean isCancelled() {
      try {
        ask("scancel", number);
        return true;
      } catch (Away e) {
        return false;
      } catch (IOException e) {
        return true; // it has ended
      }
    }

    @Override
    public void leave() {
      // it does not need anybody
    }

    @Override
    public End end() throws IOException {
      String said = Files.exists(folder.resolve(LOG)) ? Files.readString(folder.resolve(LOG)) : "";
      if (said.contains("DUE TO TIME LIMIT")) {
        return End.OUT_OF_TIME;
      }
      if (OUT_OF_MEMORY.matcher(said).find()) {
        return End.OUT_OF_MEMORY;
      }
      return exitedByItself() ? End.BY_ITSELF : End.KILLED;
    }

    private boolean exitedByItself() throws IOException {
      Path exit = folder.resolve(EXIT);
      return Files.exists(exit) && Integer.parseInt(Files.readString(exit).strip()) <= KILLED;
    }

    @Override
    public String lastWords() throws IOException {
      Path log = folder.resolve(LOG);
      return Files.exists(log) ? Reproducer.lastWords(log) : "";
    }
  }
}
