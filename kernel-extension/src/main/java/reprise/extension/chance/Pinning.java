package reprise.extension.chance;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import reprise.extension.agent.ChanceHooks;
import reprise.extension.djl.Engines;
import reprise.ledger.BlobFolder;
import reprise.ledger.Chance;
import reprise.ledger.Chance.Readings;
import reprise.ledger.Chance.Source;
import reprise.ledger.Digest;
import reprise.ledger.Wire;

/**
 * Sets the JDK's chance as a step begins, anew or as it was before, and says as it ends what the
 * step used of it.
 */
public final class Pinning {
  /** More readings than these go into a blob of their own. */
  private static final int INLINE = 200;

  private static final HexFormat HEX = HexFormat.of();

  private final ChanceHooks hooks;
  private final Seeds seeds;
  private final BlobFolder blobs;
  private final RandomGenerator dice;
  private final List<String> unsaid = new ArrayList<>();
  private @Nullable Chance recorded;
  private @Nullable StepReadings step;
  private Map<String, Optional<String>> variables = Map.of();
  private long seed;

  /**
   * @param dice where seeds of steps come from
   */
  public Pinning(ChanceHooks hooks, BlobFolder blobs, RandomGenerator dice) {
    this.hooks = hooks;
    this.seeds = new Seeds(hooks);
    this.blobs = blobs;
    this.dice = dice;
    for (String source : seeds.unpinned()) {
      unsaid.add(source + " cannot be pinned on this JDK");
    }
  }

  /** Loads what a recorded session needs before its first result, without an agent. */
  public static void rehearse() {
    try {
      for (Class<?> needed :
          List.of(Seeds.class, StepReadings.class, NotebookChance.class, Engines.class)) {
        Class.forName(needed.getName());
      }
    } catch (ClassNotFoundException e) {
      throw new AssertionError("they stand beside this one", e);
    }
    NotebookChance.read(new StepReadings(null, 0));
    NotebookChance.read(null);
  }

  /** The next step shall draw and read what it did before; null lets it do so anew. */
  public void follow(@Nullable Chance before) {
    recorded = before;
  }

  /** Sets and maps are gone through in the order of the JVM that recorded, from now on. */
  public void keepOrder(String order) {
    seeds.keepOrder(HexFormat.fromHexDigitsToLong(order));
  }

  /** Begins a step on this thread. */
  public void begin() {
    Chance before = recorded;
    long youngest = new Thread().getId();
    seed = before == null ? dice.nextLong() : HexFormat.fromHexDigitsToLong(before.seed());
    step = new StepReadings(before == null ? null : readings(before), youngest);
    NotebookChance.read(step);
    Engines.begin((int) seeds.stateOf("DJL", seed));
    seeds.set(seed, youngest);
  }

  /** The step's own code goes on on this thread, which may be another than where it began. */
  public void goesOnHere() {
    StepReadings running = step;
    if (running != null) {
      running.goesOnHere();
      hooks.goesOnHere();
    }
  }

  private static Readings readings(Chance before) {
    return before.readings() == null ? Readings.NONE : before.readings();
  }

  /** Ends the step; null if it used no chance. */
  public @Nullable Chance end() {
    StepReadings ended = step;
    if (ended == null) {
      return null;
    }
    step = null;
    variables = ended.variables();
    NotebookChance.read(null);
    Set<Source> used = EnumSet.noneOf(Source.class);
    used.addAll(seeds.used());
    used.addAll(ended.used());
    if (Engines.end()) {
      used.add(Source.ENGINE);
    }
    for (String engine : Engines.unpinned()) {
      unsaid.add("the random numbers of " + engine + " cannot be pinned");
    }
    List<String> notes = new ArrayList<>(unsaid);
    if (seeds.mixedThreads() || ended.drawnElsewhere()) {
      notes.add("random numbers were drawn on threads whose order a replay cannot keep");
    }
    notes.addAll(ended.notes());
    unsaid.clear();
    return used.isEmpty() && notes.isEmpty() ? null : chance(used, ended.readings(), notes);
  }

  /** The environment variables that the last step asked for; empty for what was not set. */
  public Map<String, Optional<String>> variables() {
    return variables;
  }

  private Chance chance(Set<Source> used, Readings readings, List<String> notes) {
    Digest kept = null;
    if (readings.count() > INLINE) {
      try {
        byte[] json = Wire.write(readings).getBytes(StandardCharsets.UTF_8);
        kept = blobs.keep(new ByteArrayInputStream(json));
      } catch (IOException e) {
        notes.add("what the clock said could not be kept: " + e.getMessage());
      }
    }
    boolean inline = readings.count() > 0 && readings.count() <= INLINE;
    Long order = used.contains(Source.SET_ORDER) ? seeds.order() : null;
    return new Chance(
        HEX.toHexDigits(seed),
        order == null ? null : HEX.toHexDigits(order, 8),
        List.copyOf(used),
        inline ? readings : null,
        kept,
        notes);
  }
}
