package reprise.extension.magic;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import org.jspecify.annotations.Nullable;
import reprise.extension.cell.CellFailure;

/** Commands for the operating system's shell, whose output appears while they run. */
final class Shell {
  /** Fails if the command does, as a cell of Java would. */
  @Nullable Object run(String program, String script) throws IOException, InterruptedException {
    Process process = start(program, script);
    process.getOutputStream().close();
    Thread errors = new Thread(() -> copy(process.getErrorStream(), System.err), "shell-errors");
    errors.setDaemon(true);
    errors.start();
    Thread output = new Thread(() -> copy(process.getInputStream(), System.out), "shell-output");
    output.setDaemon(true);
    output.start();
    int code = await(process);
    output.join();
    errors.join();
    if (code != 0) {
      throw CellFailure.of("ShellFailed", "The command ended with exit code " + code + ".");
    }
    return null;
  }

  private static Process start(String program, String script) {
    try {
      return new ProcessBuilder(program, "-c", script).start();
    } catch (IOException e) {
      throw CellFailure.of(
          "ShellFailed", "There is no " + program + " on this machine's PATH; install it.");
    }
  }

  private static int await(Process process) throws InterruptedException {
    try {
      return process.waitFor();
    } catch (InterruptedException e) {
      process.descendants().forEach(ProcessHandle::destroy);
      process.destroy();
      throw e;
    }
  }

  private static void copy(InputStream from, PrintStream to) {
    byte[] chunk = new byte[1 << 13];
    try (from) {
      for (int n = from.read(chunk); n >= 0; n = from.read(chunk)) {
        to.write(chunk, 0, n);
      }
    } catch (IOException e) {
      to.println("The rest of the command's output is lost: " + e.getMessage());
    }
  }
}
