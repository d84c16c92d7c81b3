package reprise.extension.headless;

import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The process that ordered this one, and without which it is of no use: when that is gone, even by
 * {@code kill -9}, this JVM ends with all that its cells have started.
 */
final class Parent {
  private static final int ORPHANED = 3;
  private static final long LOOK_MILLIS = 500;

  private Parent() {}

  /** Begins to watch the process that {@code reprise.parent} names; without a name does nothing. */
  static void watch() {
    Long pid = Long.getLong("reprise.parent");
    if (pid != null) {
      Thread thread = new Thread(() -> watch(pid), "reprise-parent");
      thread.setDaemon(true);
      thread.start();
    }
  }

  private static void watch(long pid) {
    try {
      while (isThere(pid)) {
        TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    endChildren();
    Runtime.getRuntime().halt(ORPHANED);
  }

  /** Whose parent has died gets another one, so a new process of the same number is none. */
  private static boolean isThere(long pid) {
    Optional<ProcessHandle> parent = ProcessHandle.current().parent();
    return parent.isPresent() && parent.get().pid() == pid;
  }

  /** What cells have started and left behind goes with their workspace. */
  static void endChildren() {
    ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
  }
}
