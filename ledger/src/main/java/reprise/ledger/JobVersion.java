package reprise.ledger;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a job executes. It never changes: code, environment, frozen data and the golden results are
 * those of its run, whose record never changes either.
 *
 * @param version from 1, without gaps
 * @param run what was promoted
 * @param verdict of the run's latest faithful replay when it was promoted; null if there was none
 * @param unverified why it was promoted although that was no proof; null if it was
 * @param parameters what a firing may set, each with the value that it has if it does not
 * @param altered those of them that are not the run's own, by name
 * @param inputs what the run read, one by one
 * @param live files and folders that are read as they lie there when the job runs, with all that is
 *     in them, rather than as recorded; absolute, or {@link Promotion#EVERYTHING}
 * @param freshChance whether chance and clock are free rather than as they were recorded
 * @param online whether cells reach the network rather than what was recorded of it
 * @param stages that are executed side by side; none if all steps are executed in one JVM
 * @param changes how it differs from the version before, a line each; empty for the first
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record JobVersion(
    JobName job,
    int version,
    RunId run,
    Instant promotedAt,
    @Nullable Verdict verdict,
    @Nullable String unverified,
    List<JobParameter> parameters,
    Map<String, String> altered,
    List<JobInput> inputs,
    List<String> live,
    boolean freshChance,
    boolean online,
    List<Stage> stages,
    List<String> changes) {
  public JobVersion {
    stages = stages == null ? List.of() : List.copyOf(stages); // none before there were any
    parameters = List.copyOf(parameters);
    altered = Map.copyOf(altered);
    inputs = List.copyOf(inputs);
    live = List.copyOf(live);
    changes = List.copyOf(changes);
  }

  /** Whether something that it reads, draws or asks for may be another each time. */
  @JsonIgnore
  public boolean isLive() {
    return !live.isEmpty() || !altered.isEmpty() || freshChance || online;
  }

  /** The same with what it changed. */
  public JobVersion with(List<String> changes) {
    return new JobVersion(
        job,
        version,
        run,
        promotedAt,
        verdict,
        unverified,
        parameters,
        altered,
        inputs,
        live,
        freshChance,
        online,
        stages,
        changes);
  }

  /**
   * What a firing may set.
   *
   * @param type as people call it, see {@link Constant#type}
   * @param value as a person writes it: {@code iris.csv}, not {@code "iris.csv"}
   */
  public record JobParameter(String name, String type, String value) {
    /** The same with another value. */
    public JobParameter with(String value) {
      return new JobParameter(name, type, value);
    }
  }

  /**
   * A file or folder that the run read.
   *
   * @param path absolute, as the recording machine names it
   * @param digest of the bytes that it had; null for a folder, and for what was not kept
   * @param live whether it is among what is read live
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record JobInput(String path, @Nullable Digest digest, boolean live) {}
}
