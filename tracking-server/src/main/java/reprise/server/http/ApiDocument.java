package reprise.server.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.router.Endpoint;
import java.lang.annotation.Annotation;
import java.lang.reflect.Field;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Writes the OpenAPI document from the endpoints themselves and the records they speak of. */
public final class ApiDocument {
  private static final Pattern PATH_PARAMETER = Pattern.compile("\\{(\\w+)}");
  private static final Map<Class<?>, String> SCALARS =
      Map.ofEntries(
          Map.entry(String.class, "string"),
          Map.entry(int.class, "integer"),
          Map.entry(Integer.class, "integer"),
          Map.entry(long.class, "integer"),
          Map.entry(Long.class, "integer"),
          Map.entry(double.class, "number"),
          Map.entry(Double.class, "number"),
          Map.entry(boolean.class, "boolean"),
          Map.entry(Boolean.class, "boolean"));

  private final Map<String, JsonNode> schemas = new TreeMap<>();
  private final Map<String, Class<?>> named = new HashMap<>();

  private ApiDocument() {}

  /** The document of those {@code endpoints} that carry a {@link Doc}. */
  public static ObjectNode of(List<Endpoint> endpoints) {
    return new ApiDocument().write(endpoints);
  }

  private ObjectNode write(List<Endpoint> endpoints) {
    ObjectNode paths = object();
    for (Endpoint endpoint : endpoints) {
      Doc doc = endpoint.metadata(Doc.class);
      if (doc != null) {
        paths
            .withObjectProperty(endpoint.path)
            .set(endpoint.method.name().toLowerCase(Locale.ROOT), operation(endpoint, doc));
      }
    }
    ObjectNode api = object().put("openapi", "3.1.0");
    api.putObject("info").put("title", "Reprise tracking server").put("version", "1");
    api.set("paths", paths);
    api.putObject("components").putObject("schemas").setAll(schemas);
    return api;
  }

  private ObjectNode operation(Endpoint endpoint, Doc doc) {
    ObjectNode operation = object().put("summary", doc.summary());
    ArrayNode parameters = operation.putArray("parameters");
    PATH_PARAMETER
        .matcher(endpoint.path)
        .results()
        .forEach(found -> parameters.add(parameter(found.group(1), "path", String.class)));
    doc.queries()
        .forEach(
            query ->
                parameters.add(
                    parameter(query.name(), "query", query.type())
                        .put("description", query.description())));
    if (doc.body() != void.class) {
      content(operation.putObject("requestBody").put("required", true), doc.body());
    }
    answers(operation.putObject("responses"), doc);
    return operation;
  }

  private ObjectNode parameter(String name, String in, Type type) {
    ObjectNode parameter = object().put("name", name).put("in", in);
    parameter.put("required", in.equals("path"));
    parameter.set("schema", schema(type));
    return parameter;
  }

  private void answers(ObjectNode answers, Doc doc) {
    if (doc.answer() == void.class) {
      answers.putObject("204").put("description", "done");
    } else {
      content(answers.putObject("200").put("description", "ok"), doc.answer());
    }
    content(answers.putObject("default").put("description", "problem"), Problem.class);
  }

  private void content(ObjectNode in, Type type) {
    ObjectNode content = in.putObject("content");
    if (type == byte[].class) {
      content
          .putObject("application/octet-stream")
          .putObject("schema")
          .put("type", "string")
          .put("format", "binary");
    } else if (type == String.class) {
      content.putObject("text/event-stream").putObject("schema").put("type", "string");
    } else {
      content.putObject("application/json").set("schema", schema(type));
    }
  }

  private ObjectNode schema(Type type) {
    if (type instanceof ParameterizedType generic) {
      return generic(generic);
    }
    Class<?> plain = (Class<?>) type;
    if (plain.isArray()) {
      return array(plain.getComponentType());
    }
    if (plain == JsonNode.class) {
      return object(); // anything
    }
    if (plain == Instant.class) {
      return object().put("type", "string").put("format", "date-time");
    }
    if (plain == UUID.class) {
      return object().put("type", "string").put("format", "uuid");
    }
    String scalar = SCALARS.get(plain);
    return scalar != null ? object().put("type", scalar) : reference(plain);
  }

  private ObjectNode generic(ParameterizedType type) {
    Type[] of = type.getActualTypeArguments();
    if (type.getRawType() == List.class) {
      return array(of[0]);
    }
    if (type.getRawType() == Map.class) {
      ObjectNode map = object().put("type", "object");
      map.set("additionalProperties", schema(of[1]));
      return map;
    }
    throw new IllegalArgumentException("only lists and maps travel as generic types: " + type);
  }

  private ObjectNode array(Type of) {
    ObjectNode array = object().put("type", "array");
    array.set("items", schema(of));
    return array;
  }

  private ObjectNode reference(Class<?> type) {
    String name = type.getSimpleName();
    Class<?> known = named.put(name, type);
    if (known == null) {
      schemas.put(name, object()); // stands in while it is described: types may loop
      schemas.put(name, describe(type));
    } else if (known != type) {
      throw new IllegalArgumentException("two types would share a name: " + known + ", " + type);
    }
    return object().put("$ref", "#/components/schemas/" + name);
  }

  private ObjectNode describe(Class<?> type) {
    if (type.isEnum()) {
      return choice(type);
    }
    if (type.isSealed()) {
      return union(type);
    }
    RecordComponent[] parts = type.getRecordComponents();
    if (parts == null) {
      throw new IllegalArgumentException("only records, enums and sealed kinds travel: " + type);
    }
    if (parts.length == 1 && annotation(parts[0], JsonValue.class).isPresent()) {
      return schema(parts[0].getGenericType());
    }
    return record(type, parts);
  }

  private static ObjectNode choice(Class<?> type) {
    ObjectNode choice = object().put("type", "string");
    ArrayNode names = choice.putArray("enum");
    for (Field constant : type.getFields()) {
      if (constant.isEnumConstant()) {
        JsonProperty spelt = constant.getAnnotation(JsonProperty.class);
        names.add(spelt == null ? constant.getName() : spelt.value());
      }
    }
    return choice;
  }

  private ObjectNode union(Class<?> type) {
    ObjectNode union = object();
    ArrayNode kinds = union.putArray("oneOf");
    ObjectNode discriminator = object();
    tag(type).ifPresent(property -> discriminator.put("propertyName", property));
    ObjectNode mapping = discriminator.putObject("mapping");
    for (Class<?> kind : type.getPermittedSubclasses()) {
      ObjectNode reference = reference(kind);
      kinds.add(reference);
      JsonTypeName name = kind.getAnnotation(JsonTypeName.class);
      if (name != null) {
        mapping.set(name.value(), reference.get("$ref"));
      }
    }
    union.set("discriminator", discriminator);
    return union;
  }

  private ObjectNode record(Class<?> type, RecordComponent[] parts) {
    ObjectNode record = object().put("type", "object");
    ObjectNode properties = record.putObject("properties");
    ArrayNode required = record.putArray("required");
    JsonTypeName kind = type.getAnnotation(JsonTypeName.class);
    Arrays.stream(type.getInterfaces())
        .flatMap(parent -> tag(parent).stream())
        .filter(property -> kind != null)
        .forEach(
            property -> {
              properties.putObject(property).put("const", kind == null ? "" : kind.value());
              required.add(property);
            });
    for (RecordComponent part : parts) {
      String name =
          annotation(part, JsonProperty.class).map(JsonProperty::value).orElse(part.getName());
      boolean mayBeNull = part.getAnnotatedType().isAnnotationPresent(Nullable.class);
      ObjectNode schema = schema(part.getGenericType());
      properties.set(name, mayBeNull && !isLeftOut(type, part) ? orNull(schema) : schema);
      if (!mayBeNull) {
        required.add(name);
      }
    }
    return record;
  }

  /** Whether a missing value is not written at all, rather than as null. */
  private static boolean isLeftOut(Class<?> type, RecordComponent part) {
    return type.isAnnotationPresent(JsonInclude.class)
        || Arrays.stream(type.getInterfaces())
            .anyMatch(parent -> parent.isAnnotationPresent(JsonInclude.class))
        || annotation(part, JsonInclude.class).isPresent();
  }

  private static ObjectNode orNull(ObjectNode schema) {
    if (schema.has("type")) {
      String type = schema.get("type").asText();
      schema.putArray("type").add(type).add("null");
      return schema;
    }
    ObjectNode either = object();
    either.putArray("anyOf").add(schema).addObject().put("type", "null");
    return either;
  }

  /** The property by which Jackson tells the kinds of {@code type} apart. */
  private static Optional<String> tag(Class<?> type) {
    return Optional.ofNullable(type.getAnnotation(JsonTypeInfo.class)).map(JsonTypeInfo::property);
  }

  // Jackson's annotations may not stand on a component; the compiler moves them to its accessor.
  private static <A extends Annotation> Optional<A> annotation(
      RecordComponent part, Class<A> annotation) {
    return Optional.ofNullable(part.getAccessor().getAnnotation(annotation));
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }
}
