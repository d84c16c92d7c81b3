package reprise.extension.djl;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/** Asks objects of DJL by the names that its public types have. */
final class Djl {
  static final String PACKAGE = "ai.djl.";

  private Djl() {}

  /** The class of this name as the object's own library has it. */
  static Class<?> type(Object near, String name) throws ReflectiveOperationException {
    return Class.forName(PACKAGE + name, true, near.getClass().getClassLoader());
  }

  /** Calls a public method without arguments that a type of DJL declares. */
  static @Nullable Object ask(Object of, String type, String method)
      throws ReflectiveOperationException {
    return ask(of, type, method, new Class<?>[0]);
  }

  /** The same with arguments of these types. */
  static @Nullable Object ask(
      Object of, String type, String method, Class<?>[] types, Object... arguments)
      throws ReflectiveOperationException {
    Method found = type(of, type).getMethod(method, types);
    found.setAccessible(true);
    return found.invoke(of, arguments);
  }

  /** The same where an answer is sure to come. */
  static Object answer(Object of, String type, String method) throws ReflectiveOperationException {
    Object answer = ask(of, type, method);
    if (answer == null) {
      throw new NoSuchMethodException(method + " answers nothing");
    }
    return answer;
  }

  static Field field(Class<?> owner, String name) throws ReflectiveOperationException {
    Field field = owner.getDeclaredField(name);
    field.setAccessible(true);
    return field;
  }
}
