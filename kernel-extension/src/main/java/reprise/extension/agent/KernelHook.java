package reprise.extension.agent;

import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * What woven code of somebody else's kernel, and of JShell in it, tells. Like {@link FileHook} it
 * is copied into {@code java.lang}, which every class loader and module can see, and must stand on
 * its own; {@link KernelHooks} speaks to the copy. Whatever fails behind it, the kernel goes on.
 */
public final class KernelHook {
  /** Takes the number of what happens and what it happens to. */
  public static volatile @Nullable BiFunction<Integer, Object[], @Nullable Object> witness;

  private static final int SENT = 0;
  private static final int RECEIVED = 1;
  private static final int LOADED = 2;
  private static final int EVALUATES = 3;
  private static final int EVALUATED = 4;
  private static final int LAID = 5;
  private static final int BEGINS = 6;
  private static final int RETURNS = 7;
  private static final int FAILS = 8;

  private KernelHook() {}

  /** A part of a message is about to leave; {@code flags} say whether more follow. */
  public static void sent(@Nullable Object part, Object socket, int flags) {
    tell(SENT, part, socket, flags);
  }

  /** A part of a message has come, or null if none had. */
  public static @Nullable Object received(@Nullable Object part, Object socket) {
    if (part != null) {
      tell(RECEIVED, part, socket);
    }
    return part;
  }

  /** Classes of snippets on their way into the JVM; returns those that shall come instead. */
  public static @Nullable Object loaded(@Nullable Object classes) {
    Object woven = tell(LOADED, classes);
    return woven == null ? classes : woven;
  }

  /** A snippet is about to be compiled; returns the text that shall be. */
  public static @Nullable Object evaluates(@Nullable Object source, Object shell) {
    Object read = tell(EVALUATES, shell, source);
    return read == null ? source : read;
  }

  /** What came of a snippet. */
  public static @Nullable Object evaluated(@Nullable Object events, Object shell) {
    tell(EVALUATED, shell, events);
    return events;
  }

  /** A jar was put on the class path of snippets. */
  public static void laid(@Nullable Object path) {
    tell(LAID, path);
  }

  /** A snippet's own code begins on this thread. */
  public static void begins(Class<?> snippet) {
    tell(BEGINS, snippet);
  }

  /** It came to its end with this value. */
  public static void returns(@Nullable Object value) {
    tell(RETURNS, value);
  }

  /** It threw this. */
  public static void fails(Throwable thrown) {
    tell(FAILS, thrown);
  }

  private static @Nullable Object tell(int what, @Nullable Object... about) {
    BiFunction<Integer, Object[], @Nullable Object> listening = witness;
    if (listening == null) {
      return null;
    }
    try {
      return listening.apply(what, about);
    } catch (Throwable e) {
      return null; // the kernel goes on as it would without us
    }
  }
}
