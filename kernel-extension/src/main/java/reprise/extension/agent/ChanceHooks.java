package reprise.extension.agent;

import java.lang.instrument.Instrumentation;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The way to {@link ChanceHook}'s copy in {@code java.lang}, where its calls are woven: together
 * with {@link FileHooks}, in one go.
 */
public final class ChanceHooks {
  static final String COPY = HookCopy.PLACE + "ChanceHook";

  private static volatile @Nullable ChanceHooks installed;

  private final Set<String> strange;
  private final MethodHandle begin;
  private final MethodHandle end;
  private final MethodHandle goesOnHere;
  private final MethodHandle heed;
  private final MethodHandle usedRandom;
  private final MethodHandle usedThreadLocal;
  private final MethodHandle usedOrder;
  private final MethodHandle mixedThreads;
  private final MethodHandle keepOrder;
  private final MethodHandle generators;
  private final MethodHandle stateOf;

  /**
   * @param strange classes that could not be woven, by internal name
   */
  ChanceHooks(Class<?> copy, Lookup lookup, Set<String> strange)
      throws ReflectiveOperationException {
    this.strange = Set.copyOf(strange);
    begin = find(lookup, copy, "begin", void.class, Thread.class, long.class, long.class);
    end = find(lookup, copy, "end", void.class);
    goesOnHere = find(lookup, copy, "goesOnHere", void.class);
    heed = find(lookup, copy, "heed", void.class, boolean.class);
    usedRandom = find(lookup, copy, "usedRandom", boolean.class);
    usedThreadLocal = find(lookup, copy, "usedThreadLocal", boolean.class);
    usedOrder = find(lookup, copy, "usedOrder", boolean.class);
    mixedThreads = find(lookup, copy, "mixedThreads", boolean.class);
    keepOrder = find(lookup, copy, "keepOrder", void.class, long.class);
    generators = find(lookup, copy, "generators", String[].class);
    stateOf = find(lookup, copy, "stateOf", long.class, String.class, long.class);
  }

  private static MethodHandle find(
      Lookup lookup, Class<?> copy, String name, Class<?> result, Class<?>... arguments)
      throws ReflectiveOperationException {
    return lookup.findStatic(copy, name, MethodType.methodType(result, arguments));
  }

  static void installed(ChanceHooks hooks) {
    installed = hooks;
  }

  /** Null as long as nothing is woven, or if this JDK does not let it be. */
  public static @Nullable ChanceHooks get() {
    return installed;
  }

  /** Says whether notebook code runs on the cell's thread from now on, or the compiler. */
  public static void heed(boolean notebook) {
    ChanceHooks hooks = installed;
    if (hooks != null) {
      try {
        hooks.heed.invokeExact(notebook);
      } catch (Throwable e) {
        throw new AssertionError(e);
      }
    }
  }

  /** Whether a class of {@code java.base} could not be woven; {@code name} without packages. */
  public boolean isStrange(String name) {
    return strange.stream().anyMatch(woven -> woven.endsWith("/" + name));
  }

  /** Lets our own code see the private parts of a JDK class by reflection. */
  public void open(Class<?> target) {
    Instrumentation instrumentation =
        Objects.requireNonNull(Agent.instrumentation(), "it wove the hooks");
    FileHooks.open(target, instrumentation);
  }

  /** Begins a step on {@code thread}; threads up to number {@code youngest} are older. */
  public void begin(Thread thread, long youngest, long seed) {
    try {
      begin.invokeExact(thread, youngest, seed);
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }

  /** The running step's code goes on on this thread. */
  public void goesOnHere() {
    try {
      goesOnHere.invokeExact();
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }

  /** Ends the step; what it used can be asked until the next one begins. */
  public void end() {
    try {
      end.invokeExact();
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }

  public boolean usedRandom() {
    return is(usedRandom);
  }

  public boolean usedThreadLocal() {
    return is(usedThreadLocal);
  }

  public boolean usedOrder() {
    return is(usedOrder);
  }

  /** Whether {@code new Random()} was called on threads whose order is not the same each time. */
  public boolean mixedThreads() {
    return is(mixedThreads);
  }

  private static boolean is(MethodHandle question) {
    try {
      return (boolean) question.invokeExact();
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }

  /** For the rest of this JVM's life, sets and maps are gone through as in another JVM. */
  public void keepOrder(long salt) {
    try {
      keepOrder.invokeExact(salt);
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }

  /** The generators' classes that have drawn their first state so far. */
  public List<String> generators() {
    try {
      return List.of((String[]) generators.invokeExact());
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }

  /** The state that a class of generators begins with in a step of this seed. */
  public long stateOf(String generator, long seed) {
    try {
      return (long) stateOf.invokeExact(generator, seed);
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }
}
