package reprise.extension.djl;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How far one training has come. Metrics have the names that DJL gives them. Of many batches fewer
 * and fewer are told, by their numbers, so that a replay tells the same ones.
 */
final class Progress {
  /** So many are told before every second one is left out, then three of four, and so on. */
  private static final long ALL_TOLD = 1_000;

  private static final String VALIDATION = "validate_";

  private long batches;
  private long epochs;

  synchronized void batch(Object trainer, TrainingWitness witness)
      throws ReflectiveOperationException {
    batches++;
    if (batches % Long.highestOneBit(Math.max(1, batches / ALL_TOLD)) != 0) {
      return;
    }
    for (Object evaluator : (List<?>) Djl.answer(trainer, "training.Trainer", "getEvaluators")) {
      String name = String.valueOf(Djl.ask(evaluator, "training.evaluator.Evaluator", "getName"));
      Object value =
          Djl.ask(
              evaluator,
              "training.evaluator.Evaluator",
              "getAccumulator",
              new Class<?>[] {String.class},
              "train/all");
      if (value instanceof Float number) {
        witness.metric("train_all_" + name, number, batches);
      }
    }
  }

  synchronized void epoch(Object listener, TrainingWitness witness)
      throws ReflectiveOperationException {
    epochs++;
    Map<?, ?> latest =
        (Map<?, ?>)
            Djl.answer(
                listener, "training.listener.EvaluatorTrainingListener", "getLatestEvaluations");
    Map<String, Float> told = new TreeMap<>(); // in the same order each time
    latest.forEach((name, value) -> told.put(String.valueOf(name), (Float) value));
    boolean validated =
        told.entrySet().stream()
            .anyMatch(it -> it.getKey().startsWith(VALIDATION) && !it.getValue().isNaN());
    told.forEach(
        (name, value) -> {
          if (validated || !name.startsWith(VALIDATION)) {
            witness.metric(name, value, epochs);
          }
        });
  }
}
