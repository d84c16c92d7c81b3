package reprise.ledger;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is asked for when a run is to become a job, or the next version of one.
 *
 * @param run an id, a unique prefix of one, or {@code @latest}
 * @param parameters other values than the run's own, by name
 * @param live files and folders that are to be read as they lie there when the job runs; a folder
 *     stands for all in it, {@code *} for everything
 * @param dag whether stages are executed side by side rather than all steps in one JVM
 * @param unverified why it is to be promoted although no replay proved it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Promotion(
    String run,
    Map<String, String> parameters,
    List<String> live,
    boolean freshChance,
    boolean online,
    boolean dag,
    @Nullable String unverified) {
  /** Stands for all places from which data was read. */
  public static final String EVERYTHING = "*";

  /** Takes null for what is left out. */
  public Promotion(
      String run,
      @Nullable Map<String, String> parameters,
      @Nullable List<String> live,
      boolean freshChance,
      boolean online,
      boolean dag,
      @Nullable String unverified) {
    this.run = run;
    this.parameters = parameters == null ? Map.of() : Map.copyOf(parameters);
    this.live = live == null ? List.of() : List.copyOf(live);
    this.freshChance = freshChance;
    this.online = online;
    this.dag = dag;
    this.unverified = unverified;
  }
}
