package reprise.reproducer.advice;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import reprise.ledger.RunId;
import reprise.ledger.Stage;

/**
 * What is recommended for a run, and the figures behind it.
 *
 * @param stages into which it falls
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Advice(RunId run, Way recommendation, List<Finding> findings, List<Stage> stages) {
  public Advice {
    findings = List.copyOf(findings);
    stages = List.copyOf(stages);
  }

  /** How a predictive workflow is organised. */
  public enum Way {
    /** One step after another in one JVM, when a clock says so. */
    SEQUENTIAL,
    /** Stages side by side, each in a JVM of its own. */
    DAG,
    /** Whenever its data come. */
    EVENTS
  }

  /**
   * One criterion, looked at.
   *
   * @param figures what the record says, in a sentence
   * @param favours the ways that it speaks for; all of them if it does not matter
   */
  public record Finding(String criterion, String figures, List<Way> favours) {
    public Finding {
      favours = List.copyOf(favours);
    }
  }
}
