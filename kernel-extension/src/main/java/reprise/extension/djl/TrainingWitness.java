package reprise.extension.djl;

/** Told what a training reports of itself; from any thread. Never throws. */
public interface TrainingWitness {
  /**
   * Something that the training was set up with.
   *
   * @param value a text, a number or a truth value
   */
  void parameter(String name, Object value);

  /**
   * A number that the training came to.
   *
   * @param index the epoch or batch, from 1
   */
  void metric(String name, double value, long index);
}
