package reprise.extension.djl;

import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What DJL's trainers are told and report. Nothing here is asked of them that they would not have
 * computed anyway, and nothing that fails here reaches them.
 *
 * <p>Public because woven classes call it, from another class loader.
 */
public final class Training {
  private static final Map<Object, Progress> RUNNING =
      Collections.synchronizedMap(new WeakHashMap<>());

  private static volatile @Nullable TrainingWitness witness;

  private Training() {}

  /** From now on this one hears of trainings. */
  public static void heardBy(TrainingWitness listener) {
    witness = listener;
  }

  /** A trainer was made from a {@code TrainingConfig}. */
  public static void configured(Object config) {
    TrainingWitness hearing = witness;
    if (hearing != null) {
      try {
        new Configuration(config).tell(hearing);
      } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
        // another DJL than those we know; the training goes on
      }
    }
  }

  /** {@code EasyTrain.fit} begins. */
  public static void fits(int epochs) {
    TrainingWitness hearing = witness;
    if (hearing != null) {
      hearing.parameter("djl.epochs", epochs);
    }
  }

  /** An {@code EvaluatorTrainingListener} has taken in a batch. */
  public static void batched(Object listener, Object trainer) {
    TrainingWitness hearing = witness;
    if (hearing != null) {
      try {
        progress(listener).batch(trainer, hearing);
      } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
        // another DJL than those we know; the training goes on
      }
    }
  }

  /** An {@code EvaluatorTrainingListener} has finished an epoch. */
  public static void ended(Object listener) {
    TrainingWitness hearing = witness;
    if (hearing != null) {
      try {
        progress(listener).epoch(listener, hearing);
      } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
        // another DJL than those we know; the training goes on
      }
    }
  }

  private static Progress progress(Object listener) {
    return RUNNING.computeIfAbsent(listener, any -> new Progress());
  }
}
