package reprise.ledger;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/**
 * Where somebody is told: {@code mail:ada@example.org}, or {@code slack:NAME} and {@code
 * hook:NAME}, where NAME is an environment variable of the server that holds the address. Such an
 * address lets in whoever knows it, so it never stands in a record.
 */
public record AlertChannel(@JsonValue String value) {
  private static final Pattern SHAPE =
      Pattern.compile("mail:[^\\s@:]+@[^\\s@:]+|(slack|hook):[A-Za-z_][A-Za-z0-9_]*");

  @JsonCreator
  public AlertChannel {
    if (!SHAPE.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "'%s' is no place for alerts; write mail:ada@example.org, or slack:NAME or hook:NAME with the name of the server's environment variable that holds the address"
              .formatted(value));
    }
  }

  /** What stands before the colon. */
  public String kind() {
    return value.substring(0, value.indexOf(':'));
  }

  /** What stands behind it. */
  public String address() {
    return value.substring(value.indexOf(':') + 1);
  }

  @Override
  public String toString() {
    return value;
  }
}
