package reprise.server.replay;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import reprise.ledger.RunId;

/** The reproducer at work as a child process of the server. */
final class Reproducer {
  private static final int LONGEST_SENTENCE = 500;

  private final Process process;

  private Reproducer(Process process) {
    this.process = process;
  }

  /**
   * Starts {@code command replay RUN --json}; the command is the path of a program, or else read as
   * a shell reads it.
   */
  static Reproducer start(String command, RunId run, Map<String, String> environment)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            List.of(
                "/bin/sh",
                "-c",
                "exec " + words(command) + " \"$@\"",
                "sh",
                "replay",
                run.value(),
                "--json"));
    builder.environment().putAll(environment);
    builder.redirectOutput(ProcessBuilder.Redirect.DISCARD); // it reports to the server itself
    Process process = builder.start();
    process.getOutputStream().close();
    return new Reproducer(process);
  }

  // The path of a program may hold spaces, and is not to be taken apart at them.
  private static String words(String command) {
    boolean isProgram = Files.isExecutable(Path.of(command));
    return isProgram ? "'" + command.replace("'", "'\\''") + "'" : command;
  }

  /** Waits for its end; returns what it said if it could not do its work, else nothing. */
  Optional<String> complaint() throws IOException, InterruptedException {
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

  /** The last line of its stderr that is not blank. */
  private String lastWords() throws IOException {
    String last = "";
    try (BufferedReader lines = process.errorReader()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        last = line.isBlank() ? last : line.strip();
      }
    }
    return last.substring(0, Math.min(last.length(), LONGEST_SENTENCE));
  }

  /** Ends it, and the processes that it has started. */
  void kill() {
    List<ProcessHandle> all =
        Stream.concat(Stream.of(process.toHandle()), process.descendants()).toList();
    all.forEach(ProcessHandle::destroyForcibly);
  }
}
