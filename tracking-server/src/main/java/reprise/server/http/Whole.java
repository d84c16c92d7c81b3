package reprise.server.http;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Checks that what came over the wire has all that its records promise. Jackson puts null where a
 * field was missing; here that is found at the door and not, as something else, deep inside.
 */
public final class Whole {
  private static final Map<Class<?>, List<Part>> PARTS = new ConcurrentHashMap<>();

  private Whole() {}

  private record Part(RecordComponent component, boolean mayBeNull) {
    @Nullable Object of(Object record) {
      try {
        return component.getAccessor().invoke(record);
      } catch (ReflectiveOperationException e) {
        throw new LinkageError(component + " cannot be read", e);
      }
    }
  }

  /**
   * Returns {@code value}.
   *
   * @throws Refusal 400 if a part that must be there is missing; it names the part
   */
  public static <T> T checked(@Nullable T value, String what) {
    if (value == null) {
      throw new Refusal(400, what + " is missing");
    }
    check(value, what);
    return value;
  }

  private static void check(Object value, String what) {
    if (value instanceof Collection<?> many) {
      many.forEach(one -> checked(one, "an entry of " + what));
    } else if (value instanceof Record) {
      for (Part part : parts(value.getClass())) {
        Object content = part.of(value);
        if (content != null) {
          check(content, part.component().getName() + " of " + what);
        } else if (!part.mayBeNull()) {
          throw new Refusal(400, part.component().getName() + " of " + what + " is missing");
        }
      }
    }
  }

  private static List<Part> parts(Class<?> type) {
    return PARTS.computeIfAbsent(
        type, record -> Arrays.stream(record.getRecordComponents()).map(Whole::part).toList());
  }

  private static Part part(RecordComponent component) {
    component.getAccessor().setAccessible(true);
    return new Part(component, component.getAnnotatedType().isAnnotationPresent(Nullable.class));
  }
}
