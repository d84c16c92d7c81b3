package reprise.reproducer.bundle;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reprise.ledger.Digest;
import reprise.ledger.ExperimentName;
import reprise.ledger.RunId;
import reprise.ledger.SessionId;

/**
 * What a bundle says of itself.
 *
 * @param format of bundles, counted up when an older version could not read one any more
 * @param writtenBy for a person
 * @param missing what the run used and the bundle has not
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Header(
    int format,
    String writtenBy,
    RunId run,
    SessionId session,
    ExperimentName experiment,
    List<Missing> missing) {
  static final int FORMAT = 1;
  static final String WRITTEN_BY = "reprise 0.1.0";

  Header {
    missing = missing == null ? List.of() : List.copyOf(missing);
  }

  /** Bytes that nobody kept. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Missing(String path, @Nullable Digest digest) {}
}
