package reprise.server.reproducer;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The reproducer at work as a child process of the server. */
public final class Reproducer {
  private static final int LONGEST_SENTENCE = 500;
  private static final int SIGNAL = 128; // what a shell and the JDK add to its number

  private final Process process;

  private Reproducer(Process process) {
    this.process = process;
  }

  /** How much of the machine it may take from others. */
  public enum Priority {
    /** As much as anybody, for a person waits for it. */
    USUAL("exec "),
    /** What nobody else wants. */
    LOWEST("exec nice -n 19 ");

    private final String how;

    Priority(String how) {
      this.how = how;
    }
  }

  /**
   * Starts {@code command words --json}; the command is the path of a program, or else read as a
   * shell reads it.
   *
   * @param environment besides the server's own
   */
  public static Reproducer start(
      String command, List<String> words, Map<String, String> environment, Priority priority)
      throws IOException {
    List<String> withJson = new ArrayList<>(words);
    withJson.add("--json");
    ProcessBuilder builder = builder(command, withJson, environment, priority);
    builder.redirectOutput(ProcessBuilder.Redirect.DISCARD); // it reports to the server itself
    Process process = builder.start();
    process.getOutputStream().close();
    return new Reproducer(process);
  }

  /**
   * Starts {@code command words}, which can tell by its stdin that the server is gone: that is open
   * as long as the server lives.
   *
   * @param log gets all that it says
   */
  public static Reproducer attached(
      String command, List<String> words, Map<String, String> environment, Path log)
      throws IOException {
    ProcessBuilder builder = builder(command, words, environment, Priority.USUAL);
    builder.redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    return new Reproducer(builder.start());
  }

  private static ProcessBuilder builder(
      String command, List<String> words, Map<String, String> environment, Priority priority) {
    List<String> all = new ArrayList<>(List.of("/bin/sh", "-c"));
    all.add(priority.how + asWords(command) + " \"$@\"");
    all.add("sh");
    all.addAll(words);
    ProcessBuilder builder = new ProcessBuilder(all);
    builder.environment().putAll(environment);
    return builder;
  }

  // The path of a program may hold spaces, and is not to be taken apart at them.
  private static String asWords(String command) {
    boolean isProgram = Files.isExecutable(Path.of(command));
    return isProgram ? "'" + command.replace("'", "'\\''") + "'" : command;
  }

  /** Waits for its end; returns what it said if it could not do its work, else nothing. */
  public Optional<String> complaint() throws IOException, InterruptedException {
    String sentence = lastWords();
    int exit = process.waitFor();
    if (exit == 0 || exit == 1) { // the same, or not: both are answers
      return Optional.empty();
    }
    return Optional.of(
        sentence.isEmpty()
            ? "the replay ended with exit code %d and without a word; run it by hand to see more"
                .formatted(exit)
            : sentence);
  }

  /** Waits for its end at most so long; returns whether it has come. */
  public boolean await(Duration patience) throws InterruptedException {
    return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Whether a signal ended it; asked when it has ended. */
  public boolean wasKilled() {
    return process.exitValue() > SIGNAL;
  }

  /** The last line of a log that is not blank; empty if there is none. */
  public static String lastWords(Path log) throws IOException {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(Files.newInputStream(log), UTF_8))) {
      return lastWords(lines);
    }
  }

  /** The last line of its stderr that is not blank. */
  private String lastWords() throws IOException {
    try (BufferedReader lines = process.errorReader()) {
      return lastWords(lines);
    }
  }

  private static String lastWords(BufferedReader lines) throws IOException {
    String last = "";
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      last = line.isBlank() ? last : line.strip();
    }
    return last.substring(0, Math.min(last.length(), LONGEST_SENTENCE));
  }

  /** Ends it, and the processes that it has started. */
  public void kill() {
    List<ProcessHandle> all =
        Stream.concat(Stream.of(process.toHandle()), process.descendants()).toList();
    all.forEach(ProcessHandle::destroyForcibly);
  }
}
