package reprise.extension.djl;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * The random numbers of one engine. No engine tells whether any were drawn; so when a step ends the
 * next number is compared with the first one that the seed gives.
 */
final class EngineChance {
  private final Object engine;
  private @Nullable Integer pinned;
  private boolean ours;
  private boolean usedBefore;
  private boolean seededByTheNotebook;
  private @Nullable String unpinned;

  EngineChance(Object engine) {
    this.engine = engine;
  }

  boolean isOf(Object other) {
    return engine == other;
  }

  void pin(int seed) {
    usedBefore = false;
    pinned = null;
    if (!seededByTheNotebook) {
      try {
        set(seed);
        pinned = seed;
      } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
        unpinned = name();
        seededByTheNotebook = true; // as good as: it is left alone
      }
    }
  }

  /** Leaves what {@code getSeed} answers as it was, for the notebook has set none. */
  private void set(int seed) throws ReflectiveOperationException {
    Field known = Djl.field(Djl.type(engine, "engine.Engine"), "seed");
    Object before = known.get(engine);
    ours = true;
    try {
      Djl.ask(engine, "engine.Engine", "setRandomSeed", new Class<?>[] {int.class}, seed);
    } finally {
      ours = false;
      known.set(engine, before);
    }
  }

  void seededByTheNotebook() {
    if (!ours) {
      usedBefore = drew();
      pinned = null;
      seededByTheNotebook = true;
    }
  }

  /** Whether numbers were drawn since it was pinned; takes the pin away. */
  boolean drew() {
    Integer seed = pinned;
    pinned = null;
    if (seed == null) {
      boolean before = usedBefore;
      usedBefore = false;
      return before;
    }
    try {
      if (hasGpus()) {
        return true; // those draw for themselves
      }
      Drawn now = draw();
      set(seed);
      return !now.equals(draw());
    } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
      return true; // nobody knows, and a seed too many does no harm
    }
  }

  private boolean hasGpus() throws ReflectiveOperationException {
    return !Objects.equals(Djl.ask(engine, "engine.Engine", "getGpuCount"), 0);
  }

  /** The next numbers of the engine's and of DJL's own. */
  private record Drawn(float ofTheEngine, long ofDjl) {}

  private Drawn draw() throws ReflectiveOperationException {
    Random djls = (Random) Djl.type(engine, "util.RandomUtils").getField("RANDOM").get(null);
    Class<?> device = Djl.type(engine, "Device");
    Object manager =
        Djl.ask(
            engine,
            "engine.Engine",
            "newBaseManager",
            new Class<?>[] {device},
            device.getMethod("cpu").invoke(null));
    try (AutoCloseable closing = (AutoCloseable) Objects.requireNonNull(manager)) {
      Class<?> shape = Djl.type(engine, "ndarray.types.Shape");
      Object array =
          Djl.ask(
              closing,
              "ndarray.NDManager",
              "randomUniform",
              new Class<?>[] {float.class, float.class, shape},
              0f,
              1f,
              shape.getConstructor(long[].class).newInstance(new long[] {1}));
      Object numbers = Djl.answer(Objects.requireNonNull(array), "ndarray.NDArray", "toFloatArray");
      return new Drawn(Array.getFloat(numbers, 0), djls.nextLong());
    } catch (ReflectiveOperationException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("the engine could not be asked for a number", e);
    }
  }

  private String name() {
    try {
      return String.valueOf(Djl.ask(engine, "engine.Engine", "getEngineName"));
    } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
      return "an engine of DJL's";
    }
  }

  /** Its name, once, if its numbers cannot be pinned. */
  @Nullable String takeUnpinned() {
    String name = unpinned;
    unpinned = null;
    return name;
  }
}
