package reprise.extension.load;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import reprise.ledger.Load;

/** Measures what this process asks of the machine from now on. For one thread. */
public final class LoadMeter {
  private static final Path DISK = Path.of("/proc/self/io");

  private final @Nullable OperatingSystemMXBean system =
      ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean known
          ? known
          : null;
  private final Gpu gpu;
  private final long gcBefore = gcMillis();
  private final Map<String, Long> diskBefore = disk();
  private long cpuNanos = cpuNanos();
  private long nanos = System.nanoTime();

  public LoadMeter(Gpu gpu) {
    this.gpu = gpu;
  }

  /** The load since the last call, or since the beginning. */
  public Load read(Instant at) {
    long now = System.nanoTime();
    long cpuNow = cpuNanos();
    double cpu = Math.max(0, cpuNow - cpuNanos) / (double) Math.max(1, now - nanos);
    cpuNanos = cpuNow;
    nanos = now;
    Runtime runtime = Runtime.getRuntime();
    Map<String, Long> disk = disk();
    Gpu.Reading gpus = gpu.read();
    return new Load(
        at,
        Math.round(cpu * 100) / 100.0,
        runtime.totalMemory() - runtime.freeMemory(),
        gcMillis() - gcBefore,
        ManagementFactory.getThreadMXBean().getThreadCount(),
        since(disk, "read_bytes"),
        since(disk, "write_bytes"),
        gpus == null ? null : gpus.share(),
        gpus == null ? null : gpus.bytes());
  }

  private long cpuNanos() {
    return system == null ? 0 : Math.max(0, system.getProcessCpuTime());
  }

  private static long gcMillis() {
    return ManagementFactory.getGarbageCollectorMXBeans().stream()
        .mapToLong(GarbageCollectorMXBean::getCollectionTime)
        .filter(millis -> millis > 0)
        .sum();
  }

  private @Nullable Long since(Map<String, Long> now, String name) {
    Long before = diskBefore.get(name);
    Long after = now.get(name);
    return before == null || after == null ? null : after - before;
  }

  /** What Linux counts for this process; nothing elsewhere. */
  private static Map<String, Long> disk() {
    try {
      return Files.readAllLines(DISK).stream()
          .map(line -> line.split(": ", -1))
          .filter(pair -> pair.length == 2 && pair[1].matches("\\d{1,18}"))
          .collect(Collectors.toMap(pair -> pair[0], pair -> Long.valueOf(pair[1])));
    } catch (IOException e) {
      return Map.of();
    }
  }
}
