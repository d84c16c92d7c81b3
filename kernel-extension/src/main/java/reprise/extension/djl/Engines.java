package reprise.extension.djl;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reprise.ledger.Engine;

/**
 * The engines that a notebook got from DJL, and their chance while a step runs. The notebook's seed
 * wins: an engine that it has seeded itself is left alone from then on.
 *
 * <p>Public because woven classes call it, from another class loader.
 */
public final class Engines {
  private static final List<EngineChance> ALL = new ArrayList<>();

  private static final List<Object> NEW = new ArrayList<>();

  private static volatile @Nullable Object latest;
  private static boolean pinning;
  private static int seed;

  private Engines() {}

  /** The notebook, or DJL for it, got an engine. */
  public static void got(@Nullable Object engine) {
    if (engine != null && engine != latest) {
      meet(engine);
    }
  }

  private static synchronized void meet(Object engine) {
    latest = engine;
    for (EngineChance known : ALL) {
      if (known.isOf(engine)) {
        return;
      }
    }
    EngineChance found = new EngineChance(engine);
    ALL.add(found);
    NEW.add(engine);
    if (pinning) {
      found.pin(seed);
    }
  }

  /** The notebook is about to set an engine's seed; or we are. */
  public static synchronized void seeded(Object engine) {
    for (EngineChance known : ALL) {
      if (known.isOf(engine)) {
        known.seededByTheNotebook();
      }
    }
  }

  /** A step begins, on this thread, and engines draw from this seed. */
  public static synchronized void begin(int stepsSeed) {
    seed = stepsSeed;
    pinning = true;
    for (EngineChance engine : ALL) {
      engine.pin(stepsSeed);
    }
  }

  /** The step ends; tells whether an engine drew numbers that follow from its seed. */
  public static synchronized boolean end() {
    pinning = false;
    boolean drew = false;
    for (EngineChance engine : ALL) {
      drew |= engine.drew();
    }
    return drew;
  }

  /** Those that came into the JVM since the last call. */
  public static synchronized List<Engine> takeNew() {
    if (NEW.isEmpty()) {
      return List.of();
    }
    List<Engine> named = new ArrayList<>();
    for (Object engine : NEW) {
      Engine name = EngineName.of(engine);
      if (name != null) {
        named.add(name);
      }
    }
    NEW.clear();
    return named;
  }

  /** What cannot be pinned, by name, said once. */
  public static synchronized List<String> unpinned() {
    List<String> names = new ArrayList<>();
    for (EngineChance engine : ALL) {
      String name = engine.takeUnpinned();
      if (name != null) {
        names.add(name);
      }
    }
    return names;
  }
}
