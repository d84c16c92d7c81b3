package reprise.reproducer.cause;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import reprise.ledger.Chance;
import reprise.ledger.Chance.Source;
import reprise.ledger.Explanation;
import reprise.ledger.Step;
import reprise.ledger.Wire;

/** What a step drew or read from the clock otherwise than in the other run. */
final class ChanceFactors {
  private static final List<String> CLOCK = List.of("millis", "nanos", "instants");
  private static final String READINGS = "readings";

  private ChanceFactors() {}

  /** Empty if one of the two used none: what it would have used then nobody knows. */
  static List<Factor> between(int place, Step base, Step other) {
    Chance ours = base.chance();
    Chance theirs = other.chance();
    if (ours == null || theirs == null) {
      return List.of();
    }
    List<Factor> factors = new ArrayList<>();
    JsonNode from = Wire.JSON.valueToTree(theirs);
    JsonNode now = Wire.JSON.valueToTree(ours);
    String step = "step %d".formatted(base.step());
    if (draws(ours) && !ours.seed().equals(theirs.seed())) {
      factors.add(
          new Factor(
              Explanation.Factor.SEED,
              step,
              draft -> {
                Draft.put(chance(draft, place), "seed", from.path("seed"));
                ObjectNode readings = (ObjectNode) chance(draft, place).get(READINGS);
                if (readings != null) {
                  Draft.put(readings, "ids", from.path(READINGS).path("ids"));
                }
              }));
    }
    if (!now.path("order").equals(from.path("order"))) {
      factors.add(
          new Factor(
              Explanation.Factor.HASH_ORDER,
              "%s: of Set.of and Map.of".formatted(step),
              draft -> Draft.put(chance(draft, place), "order", from.path("order"))));
    }
    if (readsAnother(now, from)) {
      factors.add(
          new Factor(Explanation.Factor.CLOCK, step, draft -> putClock(draft, place, from)));
    }
    return factors;
  }

  private static boolean draws(Chance chance) {
    return chance.used().stream()
        .anyMatch(it -> it != Source.CLOCK && it != Source.SET_ORDER && it != Source.SECURE_RANDOM);
  }

  private static boolean readsAnother(JsonNode now, JsonNode from) {
    return !now.path("kept").equals(from.path("kept"))
        || CLOCK.stream()
            .anyMatch(it -> !now.path(READINGS).path(it).equals(from.path(READINGS).path(it)));
  }

  /** Readings that are kept as a blob come with the ids that stand in it too. */
  private static void putClock(Draft draft, int place, JsonNode from) {
    ObjectNode chance = chance(draft, place);
    if (chance.has("kept") || from.has("kept")) {
      Draft.put(chance, "kept", from.path("kept"));
      Draft.put(chance, READINGS, from.path(READINGS));
      return;
    }
    ObjectNode readings = chance.withObjectProperty(READINGS);
    CLOCK.forEach(it -> Draft.put(readings, it, from.path(READINGS).path(it)));
  }

  private static ObjectNode chance(Draft draft, int place) {
    return draft.step(place).withObjectProperty("chance");
  }
}
