package reprise.extension.agent;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.instrument.Instrumentation;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The hooks in {@code java.base}, once they are in. There is one set of them in a JVM. */
public final class FileHooks {
  private static final FileTouch[] TOUCHES = FileTouch.values();
  static final String COPY = HookCopy.PLACE + "FileHook";

  private static volatile @Nullable FileHooks installed;

  private final MethodHandle setWitness;
  private final MethodHandle setRedirection;
  private final MethodHandle setRedirectionOfChanges;
  private final MethodHandle setOrigin;
  private final MethodHandle setOrder;
  private final MethodHandle unseen;
  private final MethodHandle connect;
  private final MethodHandle redirectedChange;

  private FileHooks(Class<?> copy, Lookup lookup) throws ReflectiveOperationException {
    setWitness = lookup.findStaticSetter(copy, "witness", BiConsumer.class);
    setRedirection = lookup.findStaticSetter(copy, "redirection", UnaryOperator.class);
    setRedirectionOfChanges =
        lookup.findStaticSetter(copy, "redirectionOfChanges", UnaryOperator.class);
    setOrigin = lookup.findStaticSetter(copy, "origin", UnaryOperator.class);
    setOrder = lookup.findStaticSetter(copy, "order", BiFunction.class);
    unseen = lookup.findStatic(copy, "unseen", MethodType.methodType(boolean.class, boolean.class));
    connect = lookup.findStatic(copy, "connect", MethodType.methodType(void.class, String.class));
    redirectedChange =
        lookup.findStatic(
            copy, "redirectedChange", MethodType.methodType(Object.class, Object.class));
  }

  /**
   * Weaves the hooks; the second call finds them in place.
   *
   * @throws IllegalStateException if the JVM was started without the agent, or its {@code
   *     java.base} is not as expected; nothing is woven then
   */
  public static synchronized FileHooks install() {
    FileHooks there = installed;
    if (there != null) {
      return there;
    }
    Instrumentation instrumentation = Agent.instrumentation();
    if (instrumentation == null) {
      throw new IllegalStateException("the JVM was started without Reprise's -javaagent");
    }
    try {
      installed = weave(instrumentation);
      return installed;
    } catch (ReflectiveOperationException
        | IOException
        | java.lang.instrument.UnmodifiableClassException e) {
      throw new IllegalStateException(
          "this JDK's files cannot be watched: " + System.getProperty("java.vm.version"), e);
    }
  }

  /** Null as long as nothing is woven. */
  public static @Nullable FileHooks get() {
    return installed;
  }

  private static FileHooks weave(Instrumentation instrumentation)
      throws ReflectiveOperationException,
          IOException,
          java.lang.instrument.UnmodifiableClassException {
    Lookup lookup = lookupIn(Object.class, instrumentation);
    Class<?> copy = define(HookCopy.of(FileHook.class), lookup);
    Class<?> chanceCopy = define(HookCopy.of(ChanceHook.class), lookup);
    Class<?> networkCopy = define(HookCopy.of(NetworkHook.class), lookup);
    FileWeaver files = new FileWeaver();
    ChanceWeaver chance = new ChanceWeaver();
    try {
      Retransformation.of(List.of(files, chance, NetworkWeaver.atTheStart()), instrumentation);
      ChanceHooks.installed(new ChanceHooks(chanceCopy, lookup, chance.strange()));
      NetworkHooks.installed(new NetworkHooks(networkCopy, lookup));
    } catch (LinkageError | IllegalStateException e) {
      Retransformation.of(List.of(files), instrumentation); // files matter more
    }
    return new FileHooks(copy, lookup);
  }

  private static Class<?> define(byte[] hook, Lookup lookup) throws ReflectiveOperationException {
    Class<?> copy = lookup.defineClass(hook);
    return Class.forName(copy.getName(), true, null); // initialised before the first woven call
  }

  /**
   * Does what weaving needs without an agent and without effect, so that its classes are loaded.
   */
  public static void rehearse() {
    try {
      HookCopy.of(FileHook.class);
      for (Rewriting.Description description :
          List.of(new FileWeaver(), new ChanceWeaver(), NetworkWeaver.atTheStart())) {
        for (String name : description.classes()) {
          byte[] found = bytes(name);
          if (found != null) {
            Rewriting.of(name, found, description);
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte @Nullable [] bytes(String name) throws IOException {
    try (InputStream in = ClassLoader.getSystemResourceAsStream(name + ".class")) {
      return in == null ? null : in.readAllBytes();
    }
  }

  /** A lookup that may do what code of the class itself may. */
  static Lookup lookupIn(Class<?> target, Instrumentation instrumentation)
      throws IllegalAccessException {
    open(target, instrumentation);
    return MethodHandles.privateLookupIn(target, MethodHandles.lookup());
  }

  /** Lets our own code see the private parts of the target's package. */
  static void open(Class<?> target, Instrumentation instrumentation) {
    instrumentation.redefineModule(
        target.getModule(),
        Set.of(),
        Map.of(),
        Map.of(target.getPackageName(), Set.of(FileHooks.class.getModule())),
        Set.of(),
        Map.of());
  }

  /** From now on {@code witness} hears of every touch; null ends it. */
  public void watch(@Nullable FileWitness witness) {
    set(setWitness, witness == null ? null : hearing(witness));
  }

  private static BiConsumer<Integer, Object[]> hearing(FileWitness witness) {
    return (touch, what) -> {
      try {
        if (touch < TOUCHES.length) {
          hear(witness, TOUCHES[touch], what);
        } else if (what[0] instanceof Process process) {
          witness.started(process);
        } else {
          List<String> command = Arrays.stream(what).skip(1).map(String::valueOf).toList();
          witness.starts(command, absolute(what[0]));
        }
      } catch (InvalidPathException e) {
        // no such file can exist; the program is about to be told so
      }
    };
  }

  private static void hear(FileWitness witness, FileTouch touch, Object[] what) {
    if (touch == FileTouch.CONNECT) {
      DatabaseUrl.of(what[0].toString())
          .ifPresent(url -> witness.touches(touch, absolute(url.file()), null));
    } else {
      witness.touches(touch, absolute(what[0]), what.length > 1 ? absolute(what[1]) : null);
    }
  }

  /** A Path is taken as it is: its name need not be text in any encoding. */
  private static Path absolute(Object path) {
    Path spelled = path instanceof Path nio ? nio : Path.of(path.toString());
    return spelled.toAbsolutePath().normalize();
  }

  /** Where paths lead. All are absolute and normalised. */
  public interface Elsewhere {
    /** Where a path of the program's really lies; may give back the same. */
    Path real(Path meant);

    /** The same for a path whose file or folder is about to be changed, made or removed. */
    Path changed(Path meant);

    /** What the program calls a real path. */
    Path meant(Path real);

    /** The names in a folder, given by its real path, in the order in which they are to come. */
    String[] ordered(Path real, String[] names);
  }

  /** From now on paths lead elsewhere; what the program sees of its paths does not change. */
  public void redirect(Elsewhere elsewhere) {
    UnaryOperator<String> there = spelled -> real(spelled, elsewhere::real);
    UnaryOperator<String> changed = spelled -> real(spelled, elsewhere::changed);
    UnaryOperator<String> back = real -> elsewhere.meant(Path.of(real)).toString();
    BiFunction<String, String[], String[]> order =
        (folder, names) -> elsewhere.ordered(absolute(folder), names);
    set(setRedirection, there);
    set(setRedirectionOfChanges, changed);
    set(setOrigin, back);
    set(setOrder, order);
  }

  private static String real(String spelled, UnaryOperator<Path> elsewhere) {
    try {
      Optional<DatabaseUrl> url = DatabaseUrl.of(spelled);
      if (url.isPresent()) {
        return url.get().in(elsewhere.apply(absolute(url.get().file()))).toString();
      }
      Path meant = absolute(spelled);
      Path real = elsewhere.apply(meant);
      return real.equals(meant) && Path.of(spelled).isAbsolute() ? spelled : real.toString();
    } catch (InvalidPathException e) {
      return spelled;
    }
  }

  /**
   * A database is about to be opened by a driver that nobody's woven code has asked for.
   *
   * @return the URL of the place where it really lies
   */
  public String opening(String databaseUrl) {
    try {
      connect.invoke(databaseUrl);
      return String.valueOf(redirectedChange.invoke((Object) databaseUrl));
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }

  /** Does {@code work} on this thread without being seen or redirected. */
  public void unseen(Runnable work) {
    boolean before = unseen(true);
    try {
      work.run();
    } finally {
      unseen(before);
    }
  }

  private boolean unseen(boolean now) {
    try {
      return (boolean) unseen.invokeExact(now);
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }

  private static void set(MethodHandle field, @Nullable Object value) {
    try {
      field.invoke(value);
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }
}
