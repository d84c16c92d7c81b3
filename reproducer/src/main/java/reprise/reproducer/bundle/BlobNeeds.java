package reprise.reproducer.bundle;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import reprise.ledger.Chance;
import reprise.ledger.Data;
import reprise.ledger.Digest;
import reprise.ledger.Jar;
import reprise.ledger.Output;
import reprise.ledger.Run;
import reprise.ledger.Step;

/** The bytes that a run speaks of. */
final class BlobNeeds {
  private final Map<Digest, String> kept = new LinkedHashMap<>();
  private final Map<Digest, String> jars = new LinkedHashMap<>();
  private final List<Header.Missing> onlyDigests = new ArrayList<>();

  private BlobNeeds() {}

  /**
   * Looks through the run's history.
   *
   * @param all whether jars count too that a Maven repository gives to whoever asks
   */
  static BlobNeeds of(Run run, boolean all) {
    BlobNeeds needs = new BlobNeeds();
    for (Step step : run.history()) {
      step.data().forEach(needs::add);
      step.outputs().forEach(needs::add);
      step.jars().forEach(jar -> needs.add(jar, all));
      Chance chance = step.chance();
      if (chance != null && chance.kept() != null) {
        needs.kept.put(chance.kept(), "what step %d read from the clock".formatted(step.step()));
      }
    }
    run.environment().classPath().forEach(jar -> needs.add(jar, all));
    return needs;
  }

  private void add(Data data) {
    Digest digest = data.digest();
    if (digest == null) {
      return;
    }
    Header.Missing absent = new Header.Missing(data.path(), digest);
    if (data.keepsItsBytes()) {
      kept.putIfAbsent(digest, data.path());
    } else if (!onlyDigests.contains(absent)) {
      onlyDigests.add(absent);
    }
  }

  private void add(Output output) {
    if (output instanceof Output.StreamRest rest) {
      kept.putIfAbsent(rest.digest(), "the rest of " + rest.name());
    }
  }

  private void add(Jar jar, boolean all) {
    Digest digest = jar.digest();
    if (digest != null && (all || !jar.canBeHadAgain())) {
      jars.putIfAbsent(digest, jar.path());
    }
  }

  /** Where the bytes were or what they are, by their digests. */
  Map<Digest, String> kept() {
    return kept;
  }

  /** Jars by their digests, with the path at which each lay when it was used. */
  Map<Digest, String> jars() {
    return jars;
  }

  /** What was too large to be kept. */
  List<Header.Missing> onlyDigests() {
    return onlyDigests;
  }
}
