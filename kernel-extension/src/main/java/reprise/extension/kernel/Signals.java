package reprise.extension.kernel;

import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/** Signals of the operating system; the JDK offers them only under a name that it warns about. */
final class Signals {
  private Signals() {}

  /** Does {@code action} when someone presses Ctrl-C, where the JVM lets us know. */
  static void onInterrupt(Runnable action, PrintStream log) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object ours =
          Proxy.newProxyInstance(
              handler.getClassLoader(),
              new Class<?>[] {handler},
              (proxy, method, arguments) -> {
                if (method.getName().equals("handle")) {
                  action.run();
                  return null;
                }
                return method.getName().equals("hashCode") ? (Object) 1 : false;
              });
      signal
          .getMethod("handle", signal, handler)
          .invoke(null, signal.getConstructor(String.class).newInstance("INT"), ours);
    } catch (ReflectiveOperationException | IllegalArgumentException e) {
      if (e instanceof InvocationTargetException) {
        return; // started with -Xrs: signals are someone else's
      }
      log.println("Ctrl-C will end this kernel; interrupt cells from the client instead.");
    }
  }
}
