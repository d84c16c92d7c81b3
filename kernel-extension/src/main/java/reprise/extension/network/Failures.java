package reprise.extension.network;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import reprise.ledger.Reply.Failure;

/** Exceptions as they are written down, and thrown again. */
final class Failures {
  private static final int DEEPEST = 10;
  private static final int LONGEST = 200;
  private static final Pattern FRAME =
      Pattern.compile("(?:([^/]*)//?)?(?:([^/]*)/)?(.+)\\.([^.]+)\\(([^:)]*)(?::(\\d+))?\\)");
  private static final int NATIVE = -2;

  private Failures() {}

  /** For an exception that only the JDK itself, or a library, can make. */
  @SuppressWarnings("OverrideThrowableToString") // its own name would be seen
  private static final class StandIn extends IOException {
    private static final long serialVersionUID = 1L;

    private final String name;

    StandIn(Failure failure) {
      super(failure.message());
      name = failure.exception();
    }

    @Override
    public String toString() {
      return getMessage() == null ? name : name + ": " + getMessage();
    }
  }

  /** What the program gets of it, without what futures put around it. */
  static Throwable bare(Throwable thrown) {
    Throwable cause = thrown.getCause();
    return thrown instanceof CompletionException && cause != null ? cause : thrown;
  }

  static Failure written(Throwable thrown) {
    return written(thrown, 0);
  }

  private static Failure written(Throwable thrown, int depth) {
    Throwable cause = thrown.getCause();
    return new Failure(
        thrown.getClass().getName(),
        thrown.getMessage(),
        Arrays.stream(thrown.getStackTrace())
            .limit(LONGEST)
            .map(StackTraceElement::toString)
            .toList(),
        cause == null || depth >= DEEPEST ? null : written(cause, depth + 1));
  }

  /** One that anybody can make is of its own class again, any other is called by its name. */
  static Throwable thrown(Failure failure) {
    Throwable thrown = made(failure);
    Failure cause = failure.cause();
    if (cause != null && thrown.getCause() == null) {
      try {
        thrown.initCause(thrown(cause));
      } catch (IllegalStateException e) {
        // its class takes none
      }
    }
    thrown.setStackTrace(frames(failure.trace()));
    return thrown;
  }

  private static Throwable made(Failure failure) {
    try {
      Class<? extends Throwable> type =
          Class.forName(failure.exception(), true, ClassLoader.getPlatformClassLoader())
              .asSubclass(Throwable.class);
      return made(type, failure.message());
    } catch (ReflectiveOperationException | ClassCastException | LinkageError e) {
      return new StandIn(failure);
    }
  }

  private static Throwable made(Class<? extends Throwable> type, @Nullable String message)
      throws ReflectiveOperationException {
    if (message == null) {
      for (Constructor<?> constructor : type.getConstructors()) {
        if (constructor.getParameterCount() == 0) {
          return (Throwable) constructor.newInstance();
        }
      }
    }
    return type.getConstructor(String.class).newInstance(message);
  }

  private static StackTraceElement[] frames(List<String> trace) {
    return trace.stream().map(Failures::frame).toArray(StackTraceElement[]::new);
  }

  private static StackTraceElement frame(String line) {
    Matcher parts = FRAME.matcher(line);
    if (!parts.matches()) {
      return new StackTraceElement(line, "", null, 0);
    }
    boolean loaderAlone = line.contains("//");
    String first = parts.group(1);
    String module = parts.group(2);
    return new StackTraceElement(
        module != null || loaderAlone ? first : null,
        loaderAlone ? null : module == null ? first : module,
        null,
        parts.group(3),
        parts.group(4),
        file(parts.group(5)),
        line(parts.group(5), parts.group(6)));
  }

  private static @Nullable String file(String spelled) {
    return spelled.equals("Native Method") || spelled.equals("Unknown Source") ? null : spelled;
  }

  private static int line(String file, @Nullable String number) {
    if (file.equals("Native Method")) {
      return NATIVE;
    }
    return number == null ? -1 : Integer.parseInt(number);
  }
}
