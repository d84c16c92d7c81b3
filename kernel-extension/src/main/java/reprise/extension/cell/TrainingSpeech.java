package reprise.extension.cell;

import reprise.extension.djl.TrainingWitness;

/** Says for a training what its notebook could have said through {@code reprise.Reprise}. */
final class TrainingSpeech implements TrainingWitness {
  @Override
  public void parameter(String name, Object value) {
    if (value instanceof String text) {
      Speech.current().parameter(name, "String", Speech.literal(text));
    } else if (value instanceof Float number) {
      Speech.current().parameter(name, "float", number + "f");
    } else if (value instanceof Double number) {
      Speech.current().parameter(name, "double", number.toString());
    } else if (value instanceof Integer number) {
      Speech.current().parameter(name, "int", number.toString());
    } else {
      Speech.current().parameter(name, "boolean", value.toString());
    }
  }

  @Override
  public void metric(String name, double value, long index) {
    Speech.current().metric(name, value, index);
  }
}
