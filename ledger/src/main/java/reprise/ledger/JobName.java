package reprise.ledger;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/** Names a job. Fit to be a folder, a part of a URL and a word of a command as it is. */
public record JobName(@JsonValue String value) {
  private static final Pattern SHAPE = Pattern.compile("[a-z0-9][a-z0-9_-]{0,62}");

  @JsonCreator
  public JobName {
    if (!SHAPE.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "'%s' cannot name a job; use up to 63 small letters, digits, '_' and '-', e.g. daily-report"
              .formatted(value));
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
