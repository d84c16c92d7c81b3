package reprise.server.job;

import java.nio.file.Path;
import java.util.Optional;
import reprise.ledger.AttemptId;
import reprise.ledger.AttemptResult;

/**
 * Where the files are that attempts made. A job gets to know those of another's attempt by the
 * value of a parameter, so a value that leads to them is more than a text: they are read as they
 * lie there, and stay as long as the firing may be carried out.
 *
 * @param attempts below which each attempt has its own folder
 */
record AttemptFiles(Path attempts) {
  AttemptFiles {
    attempts = attempts.toAbsolutePath().normalize();
  }

  Path of(AttemptId attempt) {
    return attempts.resolve(attempt.value()).resolve(AttemptResult.ARTIFACTS);
  }

  /** The attempt to whose files a value leads; empty if it is some other text. */
  Optional<AttemptId> named(String value) {
    String before = attempts + "/";
    String behind = "/" + AttemptResult.ARTIFACTS;
    if (!value.startsWith(before)
        || !value.endsWith(behind)
        || value.length() <= before.length() + behind.length()) {
      return Optional.empty();
    }
    try {
      String name = value.substring(before.length(), value.length() - behind.length());
      return Optional.of(new AttemptId(name));
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // some folder below it
    }
  }
}
