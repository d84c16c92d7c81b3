package reprise.extension.attach;

import java.io.File;
import java.io.IOException;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.InvocationTargetException;
import java.net.URISyntaxException;
import java.security.ProtectionDomain;
import java.util.HashSet;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * What a kernel's JVM sees of us: the agent of a recorded twin. It waits until the JVM loads what
 * makes it a Java kernel, and only then lets the recorder in, in a class loader of its own. In any
 * other JVM, such as a launcher's, it does nothing.
 *
 * <p>It stands in a small jar with nothing but the JDK beside it.
 */
public final class Threshold implements ClassFileTransformer {
  /** All of them are loaded before a kernel's first cell. */
  private static final Set<String> SIGNS =
      Set.of("zmq/SocketBase", "jdk/jshell/JShell", "jdk/jshell/execution/DirectExecutionControl");

  private static final String RECORDER = "reprise.extension.attach.Attached";

  private final Instrumentation instrumentation;
  private final Set<String> seen = new HashSet<>();
  private @Nullable BiFunction<String, byte[], byte @Nullable []> recorder;
  private boolean failed;

  private Threshold(Instrumentation instrumentation) {
    this.instrumentation = instrumentation;
  }

  /** Called by the JVM before {@code main}. */
  public static void premain(@Nullable String options, Instrumentation instrumentation) {
    instrumentation.addTransformer(new Threshold(instrumentation));
  }

  @Override
  public byte @Nullable [] transform(
      @Nullable ClassLoader loader,
      @Nullable String name,
      @Nullable Class<?> redefined,
      @Nullable ProtectionDomain domain,
      byte[] bytes) {
    return name == null || redefined != null || !SIGNS.contains(name) ? null : woven(name, bytes);
  }

  private synchronized byte @Nullable [] woven(String name, byte[] bytes) {
    seen.add(name);
    if (seen.size() == SIGNS.size()) {
      // a transformer that stays makes the JVM print assertion failures on StackOverflowError
      instrumentation.removeTransformer(this);
    }
    if (isOurKernel()) {
      return null;
    }
    try {
      return failed ? null : recorder().apply(name, bytes);
    } catch (IOException | URISyntaxException | ReflectiveOperationException e) {
      giveUp(e);
    } catch (RuntimeException | LinkageError e) {
      giveUp(e);
    }
    return null;
  }

  /** A cell may start our own programs, which inherit its environment. */
  private static boolean isOurKernel() {
    return ClassLoader.getSystemResource("reprise/extension/attach/Attached.class") != null;
  }

  private void giveUp(Throwable cause) {
    failed = true;
    Throwable reason =
        cause instanceof InvocationTargetException && cause.getCause() != null
            ? cause.getCause()
            : cause;
    System.err.println(
        "Reprise records nothing of this kernel: "
            + reason
            + ". Run 'reprise kernel attach' again.");
  }

  @SuppressWarnings("unchecked")
  private BiFunction<String, byte[], byte @Nullable []> recorder()
      throws IOException, URISyntaxException, ReflectiveOperationException {
    BiFunction<String, byte[], byte @Nullable []> there = recorder;
    if (there == null) {
      File jar =
          new File(Threshold.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      ClassLoader enclave = Enclave.beside(jar);
      there =
          (BiFunction<String, byte[], byte @Nullable []>)
              enclave
                  .loadClass(RECORDER)
                  .getMethod("begin", Instrumentation.class, String.class)
                  .invoke(null, instrumentation, jar.getPath());
      recorder = there;
    }
    return there;
  }
}
