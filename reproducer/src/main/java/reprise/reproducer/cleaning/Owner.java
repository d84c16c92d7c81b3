package reprise.reproducer.cleaning;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/** The process that a workspace belongs to, as it has signed for it. */
public final class Owner {
  private static final String SIGNATURE = "owner";

  /** So long a folder may be there without a signature. */
  private static final Duration UNSIGNED = Duration.ofDays(1);

  private Owner() {}

  /** Says that this process works in {@code folder}. */
  public static void sign(Path folder) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve(SIGNATURE), signature(ProcessHandle.current()));
  }

  /** Numbers of processes are used again, so the moment of its start belongs to it. */
  private static String signature(ProcessHandle process) {
    return process.pid() + " " + process.info().startInstant().orElse(Instant.EPOCH);
  }

  static boolean isGone(Path folder, Instant now) throws IOException {
    Path signature = folder.resolve(SIGNATURE);
    if (Files.notExists(signature)) {
      return Files.getLastModifiedTime(folder).toInstant().isBefore(now.minus(UNSIGNED));
    }
    String signed = Files.readString(signature);
    String pid = signed.replaceFirst(" .*", "");
    return !pid.matches("\\d{1,18}")
        || ProcessHandle.of(Long.parseLong(pid))
            .filter(ProcessHandle::isAlive)
            .filter(process -> signature(process).equals(signed))
            .isEmpty();
  }
}
