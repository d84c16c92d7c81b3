package reprise.server.job;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import reprise.ledger.AttemptResult;
import reprise.ledger.AttemptStatus;
import reprise.ledger.Wire;

/**
 * How an attempt ended.
 *
 * @param result null if it brought none
 * @param why in one sentence; null where the status says itself
 */
record Ending(AttemptStatus status, @Nullable AttemptResult result, @Nullable String why) {

  /** Of one that ended by itself or by somebody else, as its result says or its engine. */
  static Ending of(Engine.Work work, Path own) throws IOException {
    Path file = own.resolve(AttemptResult.FILE);
    if (Files.notExists(file)) {
      return withoutResult(work);
    }
    AttemptResult result = Wire.read(Files.readString(file), AttemptResult.class);
    AttemptStatus status =
        result.succeeded()
            ? AttemptStatus.SUCCEEDED
            : result.timedOut()
                ? AttemptStatus.TIMED_OUT
                : result.lost() ? AttemptStatus.LOST : AttemptStatus.FAILED;
    return new Ending(status, result, result.why());
  }

  private static Ending withoutResult(Engine.Work work) throws IOException {
    return switch (work.end()) {
      case KILLED -> new Ending(AttemptStatus.LOST, null, "it was killed by somebody else");
      case OUT_OF_TIME ->
          new Ending(
              AttemptStatus.TIMED_OUT,
              null,
              "it took longer than the cluster gave it; give it more by --minutes");
      case OUT_OF_MEMORY ->
          new Ending(
              AttemptStatus.FAILED,
              null,
              "it needed more memory than the cluster gave it; give it more by --slurm-memory");
      case BY_ITSELF -> {
        String said = work.lastWords();
        yield new Ending(
            AttemptStatus.FAILED,
            null,
            said.isEmpty() ? "it ended without a result and without a word" : said);
      }
    };
  }
}
