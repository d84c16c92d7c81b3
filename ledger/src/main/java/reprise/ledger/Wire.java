package reprise.ledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The one JSON mapper: journal, HTTP bodies, columns and the command line all go through it. */
public final class Wire {
  /** Reads what a newer version wrote as far as it knows it: unknown fields are passed over. */
  public static final ObjectMapper JSON =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .annotationIntrospector(new SealedSubtypes())
          .build();

  private Wire() {}

  /** Builds what writing these types takes, so that the first of them need not wait for it. */
  public static void prepare(List<Class<?>> types) {
    try {
      for (Class<?> type : types) {
        JSON.getSerializerProviderInstance().findTypedValueSerializer(type, true, null);
      }
    } catch (JsonMappingException e) {
      throw new AssertionError("one of " + types + " does not write", e);
    }
  }

  /** {@code value} as one line of JSON, without a line end. */
  public static String write(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new AssertionError(value.getClass() + " does not write", e);
    }
  }

  /**
   * Reads one value.
   *
   * @throws UncheckedIOException if the text is not JSON or not of this type; its message is
   *     Jackson's, with line and column
   */
  public static <T> T read(String json, Class<T> type) {
    try {
      return JSON.readValue(json, type);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A sealed interface already lists its kinds; Jackson need not be told again. */
  private static final class SealedSubtypes extends JacksonAnnotationIntrospector {
    private static final long serialVersionUID = 1L;

    @Override
    public @Nullable List<NamedType> findSubtypes(Annotated type) {
      Class<?>[] kinds = type.getRawType().getPermittedSubclasses();
      return kinds == null
          ? super.findSubtypes(type)
          : Arrays.stream(kinds).map(NamedType::new).toList();
    }
  }
}
