package reprise.ledger;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What was random in a step or read from the clock, and what a replay needs to have it again. A
 * step that used no chance has none.
 *
 * @param seed from which the JDK's random numbers were set as the step began; 16 hex digits, since
 *     not every reader of JSON has whole numbers of 64 bits
 * @param order in which the recording JVM goes through what {@code Set.of} and {@code Map.of} make,
 *     8 hex digits; null if the step never looked
 * @param readings null if there are none, or if they are {@code kept}
 * @param kept the blob with the JSON of the {@link Readings}, where they are too many for a line
 * @param notes what a replay cannot have again, a line each
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Chance(
    String seed,
    @Nullable String order,
    List<Source> used,
    @Nullable Readings readings,
    @Nullable Digest kept,
    List<String> notes) {

  public Chance {
    used = List.copyOf(used);
    notes = List.copyOf(notes);
  }

  /** The same with its readings at hand, wherever they were. */
  public Chance with(Readings found) {
    return new Chance(seed, order, used, found, null, notes);
  }

  /** Where a step got something that is not the same each time. */
  public enum Source {
    @JsonProperty("Random")
    RANDOM("Random"),
    @JsonProperty("Math.random")
    MATH_RANDOM("Math.random"),
    @JsonProperty("ThreadLocalRandom")
    THREAD_LOCAL_RANDOM("ThreadLocalRandom"),
    @JsonProperty("SplittableRandom")
    SPLITTABLE_RANDOM("SplittableRandom"),
    @JsonProperty("RandomGenerator")
    RANDOM_GENERATOR("RandomGenerator"),
    @JsonProperty("Collections.shuffle")
    SHUFFLE("Collections.shuffle"),
    @JsonProperty("order of Set.of")
    SET_ORDER("order of Set.of"),
    @JsonProperty("clock")
    CLOCK("clock"),
    @JsonProperty("UUID")
    UUID("UUID"),
    @JsonProperty("DJL engine")
    ENGINE("DJL engine"),
    @JsonProperty("SecureRandom")
    SECURE_RANDOM("SecureRandom");

    private final String words;

    Source(String words) {
      this.words = words;
    }

    /** As people write it. */
    @Override
    public String toString() {
      return words;
    }
  }

  /**
   * What notebook code read, each kind in its order.
   *
   * @param millis of {@code System.currentTimeMillis}, and of dates and calendars
   * @param nanos of {@code System.nanoTime}
   * @param instants of everything in {@code java.time}
   * @param ids of {@code UUID.randomUUID}
   */
  public record Readings(
      List<Long> millis, List<Long> nanos, List<Instant> instants, List<UUID> ids) {
    public static final Readings NONE = new Readings(null, null, null, null);

    /** Takes null for none: a kind that an older version did not know. */
    public Readings(
        @Nullable List<Long> millis,
        @Nullable List<Long> nanos,
        @Nullable List<Instant> instants,
        @Nullable List<UUID> ids) {
      this.millis = millis == null ? List.of() : List.copyOf(millis);
      this.nanos = nanos == null ? List.of() : List.copyOf(nanos);
      this.instants = instants == null ? List.of() : List.copyOf(instants);
      this.ids = ids == null ? List.of() : List.copyOf(ids);
    }

    /** How many there are of all kinds. */
    public int count() {
      return millis.size() + nanos.size() + instants.size() + ids.size();
    }
  }
}
