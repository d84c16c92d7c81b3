package reprise.extension.djl;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a training was set up with, as parameters. */
final class Configuration {
  private static final String CONFIG = "training.TrainingConfig";
  private static final String FIXED_TRACKER = "FixedTracker";

  private final Object config;

  Configuration(Object config) {
    this.config = config;
  }

  void tell(TrainingWitness witness) throws ReflectiveOperationException {
    witness.parameter("djl.loss", kind(Djl.answer(config, CONFIG, "getLossFunction")));
    tellOptimizer(Djl.answer(config, CONFIG, "getOptimizer"), witness);
    List<Object> initializers = new ArrayList<>();
    Object pairs = Djl.answer(config, CONFIG, "getInitializers");
    initializers.addAll((List<?>) Djl.answer(pairs, "util.PairList", "keys"));
    tellAll("djl.initializers", kinds(initializers), witness);
    Object[] devices = (Object[]) Djl.answer(config, CONFIG, "getDevices");
    tellAll("djl.devices", Arrays.stream(devices).map(String::valueOf).toList(), witness);
    tellAll("djl.evaluators", kinds(list("getEvaluators")), witness);
    tellAll("djl.listeners", kinds(list("getTrainingListeners")), witness);
  }

  private List<?> list(String method) throws ReflectiveOperationException {
    return (List<?>) Djl.answer(config, CONFIG, method);
  }

  private static void tellAll(String name, List<String> values, TrainingWitness witness) {
    if (!values.isEmpty()) {
      witness.parameter(name, String.join(", ", values));
    }
  }

  /** Its numbers lie in fields, for which it has no methods. */
  private static void tellOptimizer(Object optimizer, TrainingWitness witness)
      throws ReflectiveOperationException {
    witness.parameter("djl.optimizer", kind(optimizer));
    for (Class<?> type = optimizer.getClass();
        type != null && type.getName().startsWith(Djl.PACKAGE);
        type = type.getSuperclass()) {
      for (Field field : type.getDeclaredFields()) {
        if (!Modifier.isStatic(field.getModifiers())) {
          field.setAccessible(true);
          tellField(field.getName(), field.get(optimizer), witness);
        }
      }
    }
  }

  private static void tellField(String name, @Nullable Object value, TrainingWitness witness)
      throws ReflectiveOperationException {
    if (value instanceof Float || value instanceof Double || value instanceof Boolean) {
      witness.parameter("djl.optimizer." + name, value);
    } else if (value != null && name.equals("learningRateTracker")) {
      witness.parameter("djl.learningRate", rate(value));
    }
  }

  /** The rate itself if it stays, else what changes it. */
  private static Object rate(Object tracker) throws ReflectiveOperationException {
    if (!tracker.getClass().getSimpleName().equals(FIXED_TRACKER)) {
      return kind(tracker);
    }
    Object value = Djl.field(tracker.getClass(), "value").get(tracker);
    return value == null ? kind(tracker) : value;
  }

  private static List<String> kinds(List<?> all) {
    return all.stream().map(Configuration::kind).toList();
  }

  private static String kind(Object value) {
    String name = value.getClass().getName();
    return name.substring(name.lastIndexOf('.') + 1);
  }
}
