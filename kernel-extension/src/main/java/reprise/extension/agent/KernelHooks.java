package reprise.extension.agent;

import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.WeakHashMap;
import java.util.function.BiFunction;
import jdk.jshell.JShell;
import jdk.jshell.SnippetEvent;
import jdk.jshell.spi.ExecutionControl.ClassBytecodes;
import org.jspecify.annotations.Nullable;

/** The way to {@link KernelHook}'s copy in {@code java.lang}, and from there to a witness. */
public final class KernelHooks {
  static final String COPY = HookCopy.PLACE + "KernelHook";

  private static final int SEND_MORE = 2; // as ZeroMQ has it in all languages
  private static final List<String> EVENTS =
      List.of(
          "sent",
          "received",
          "loaded",
          "evaluates",
          "evaluated",
          "laid",
          "begins",
          "returns",
          "fails");

  private final KernelWeaver weaver = new KernelWeaver();
  private final KernelWitness witness;
  private final Map<Object, Parts> leaving = new WeakHashMap<>();
  private final Map<Object, Parts> coming = new WeakHashMap<>();

  /** What has passed of a message that comes in several parts. */
  private static final class Parts {
    private final List<byte[]> passed = new ArrayList<>();
    private @Nullable Object latest;
  }

  private KernelHooks(KernelWitness witness) {
    this.witness = witness;
  }

  /**
   * Puts the hook into this JVM; it is silent until the kernel's classes have been woven.
   *
   * @throws IllegalStateException if this JDK does not let it be put there
   */
  public static KernelHooks install(KernelWitness witness) {
    try {
      Lookup lookup =
          FileHooks.lookupIn(
              Object.class, Objects.requireNonNull(Agent.instrumentation(), "the agent is here"));
      Class<?> copy = lookup.defineClass(HookCopy.of(KernelHook.class));
      KernelHooks hooks = new KernelHooks(witness);
      BiFunction<Integer, Object[], @Nullable Object> hearing = hooks::hear;
      lookup.findStaticSetter(copy, "witness", BiFunction.class).invoke(hearing);
      return hooks;
    } catch (IOException | ReflectiveOperationException e) {
      throw new IllegalStateException("this JDK takes no hooks", e);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }

  /** The hook's calls that go into the code of a snippet. */
  public static String calls() {
    return COPY;
  }

  /** A class of the kernel's or of JShell's with the hook's calls in it; null if it needs none. */
  public byte @Nullable [] woven(String name, byte[] bytes) {
    return weaver.classes().contains(name) ? Rewriting.of(name, bytes, weaver) : null;
  }

  private @Nullable Object hear(int event, Object[] what) {
    try {
      return tell(event, what);
    } catch (RuntimeException | LinkageError e) {
      witness.missed(e);
      return null;
    }
  }

  private @Nullable Object tell(int event, Object[] what) {
    switch (EVENTS.get(event)) {
      case "sent" -> pass(leaving, what[1], what[0], ((Integer) what[2] & SEND_MORE) != 0);
      case "received" -> pass(coming, what[1], what[0], hasMore(what[0]));
      case "loaded" -> {
        return witness.loads((ClassBytecodes[]) what[0]);
      }
      case "evaluates" -> {
        return witness.evaluates((JShell) what[0], (String) what[1]);
      }
      case "evaluated" -> witness.evaluated((JShell) what[0], events(what[1]));
      case "laid" -> witness.laid((String) what[0]);
      case "begins" -> witness.begins((Class<?>) what[0]);
      case "returns" -> witness.returns(what[0]);
      default -> witness.fails((Throwable) what[0]);
    }
    return null;
  }

  @SuppressWarnings("unchecked")
  private static List<SnippetEvent> events(Object list) {
    return (List<SnippetEvent>) list;
  }

  /** The library's own methods call one another with the same part, which then counts once. */
  private void pass(Map<Object, Parts> messages, Object socket, Object part, boolean more) {
    List<byte[]> whole = null;
    synchronized (messages) {
      Parts parts = messages.computeIfAbsent(socket, key -> new Parts());
      if (parts.latest == part) {
        return;
      }
      parts.latest = part;
      parts.passed.add(bytes(part));
      if (!more) {
        whole = List.copyOf(parts.passed);
        parts.passed.clear();
      }
    }
    if (whole == null) {
      return;
    }
    if (messages == leaving) {
      witness.sends(whole);
    } else {
      witness.received(whole);
    }
  }

  private static byte[] bytes(Object part) {
    return (byte[]) ask(part, "data", byte[].class);
  }

  private static boolean hasMore(Object part) {
    return (boolean) ask(part, "hasMore", boolean.class);
  }

  private static Object ask(Object part, String method, Class<?> answer) {
    try {
      MethodHandle question =
          MethodHandles.publicLookup()
              .findVirtual(part.getClass(), method, MethodType.methodType(answer));
      return question.invoke(part);
    } catch (Throwable e) {
      throw new IllegalStateException("this ZeroMQ is another than we know", e);
    }
  }
}
