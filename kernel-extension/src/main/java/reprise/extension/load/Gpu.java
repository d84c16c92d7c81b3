package reprise.extension.load;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The machine's GPUs, as {@code nvidia-smi} sees them; none where it is not on the path. */
public final class Gpu {
  private static final long PATIENCE_SECONDS = 5;
  private static final long MIB = 1L << 20;

  private @Nullable Path program;

  private Gpu(@Nullable Path program) {
    this.program = program;
  }

  /**
   * How busy all of them are.
   *
   * @param share of the busiest one, 0 to 1
   * @param bytes in use on all
   */
  record Reading(double share, long bytes) {}

  /** Looks for the program in the folders of {@code path}. */
  public static Gpu on(@Nullable String path) {
    for (String folder : path == null ? new String[0] : path.split(File.pathSeparator, -1)) {
      Path program = Path.of(folder).resolve("nvidia-smi");
      if (!folder.isEmpty() && Files.isExecutable(program)) {
        return new Gpu(program);
      }
    }
    return new Gpu(null);
  }

  /** Null without a GPU, and once one could not be asked. */
  @Nullable Reading read() {
    Path asked = program;
    if (asked == null) {
      return null;
    }
    try {
      return reading(answer(asked));
    } catch (IOException | NumberFormatException e) {
      program = null;
      return null;
    }
  }

  private static List<String> answer(Path program) throws IOException {
    Process process =
        new ProcessBuilder(
                program.toString(),
                "--query-gpu=utilization.gpu,memory.used",
                "--format=csv,noheader,nounits")
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    process.getOutputStream().close();
    List<String> lines = new ArrayList<>();
    try (BufferedReader out = process.inputReader()) {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new IOException(program + " does not answer");
      }
      out.lines().forEach(lines::add);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } finally {
      process.destroyForcibly();
    }
    return lines;
  }

  private static @Nullable Reading reading(List<String> lines) {
    double share = 0;
    long bytes = 0;
    for (String line : lines) {
      String[] parts = line.split(",", -1);
      if (parts.length != 2) {
        return null;
      }
      share = Math.max(share, Double.parseDouble(parts[0].strip()) / 100);
      bytes += Long.parseLong(parts[1].strip()) * MIB;
    }
    return lines.isEmpty() ? null : new Reading(share, bytes);
  }
}
