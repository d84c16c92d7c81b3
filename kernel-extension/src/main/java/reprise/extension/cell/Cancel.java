package reprise.extension.cell;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.MutableCallSite;
import java.util.concurrent.ForkJoinWorkerThread;
import org.jspecify.annotations.Nullable;

/**
 * Stops a cell that does not listen to {@link Thread#interrupt}. Snippets call {@link #check} at
 * every backward jump and method entry. The call goes through a constant call site whose target
 * does nothing, so compiled code does not contain it at all; an interrupt changes the target, and
 * the JVM drops that compiled code.
 *
 * <p>Public because woven snippets call it, from another class loader.
 */
public final class Cancel {
  private static final MethodType VOID = MethodType.methodType(void.class);
  private static final MethodHandle NOTHING = MethodHandles.empty(VOID);
  private static final MutableCallSite SITE = new MutableCallSite(NOTHING);
  private static final MethodHandle CHECK = SITE.dynamicInvoker();

  private static volatile @Nullable Thread cell;
  private static volatile long newestBefore;

  private Cancel() {}

  /** Throws in the threads of an interrupted cell; free of cost otherwise. */
  public static void check() throws Throwable {
    CHECK.invokeExact();
  }

  /**
   * From now on {@link #check} throws in {@code thread}, in threads younger than {@code newest},
   * and in fork-join workers, which do a cell's parallel work. Threads of earlier cells go on.
   */
  static void begin(Thread thread, long newest) {
    cell = thread;
    newestBefore = newest;
    aim(Stop.HANDLE);
  }

  static void end() {
    if (cell != null) {
      cell = null;
      aim(NOTHING);
    }
  }

  private static void aim(MethodHandle target) {
    SITE.setTarget(target);
    MutableCallSite.syncAll(new MutableCallSite[] {SITE});
  }

  /** Resolved when the first cell is interrupted, not when the kernel starts. */
  private static final class Stop {
    static final MethodHandle HANDLE = find();

    private static MethodHandle find() {
      try {
        return MethodHandles.lookup().findStatic(Stop.class, "stop", VOID);
      } catch (ReflectiveOperationException e) {
        throw new LinkageError("the method stands below", e);
      }
    }

    @SuppressWarnings("unused") // called through HANDLE
    private static void stop() {
      Thread cancelled = cell;
      Thread current = Thread.currentThread();
      if (cancelled != null
          && (current == cancelled
              || current instanceof ForkJoinWorkerThread
              || current.getId() > newestBefore)) {
        throw new CellCancelled();
      }
    }
  }

  /** An error, so that {@code catch (Exception e)} in the cell does not swallow it. */
  static final class CellCancelled extends Error {
    CellCancelled() {
      super("the cell was interrupted");
    }
  }
}
