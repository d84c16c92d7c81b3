package reprise.ledger;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * A top-level variable that the source sets from a constant, or what the notebook asked for with
 * {@code Reprise.param}.
 *
 * @param value the constant as the source spells it, e.g. {@code 0.05} or {@code "iris.csv"}
 * @param start first character of the constant in the cell's source, from 0; {@link #NOWHERE} if it
 *     was asked for
 * @param end the character after its last
 * @param masked true if the constant is a secret, so that the record has its {@link Masked#mark}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Parameter(
    String name, String type, String value, int start, int end, @Nullable Boolean masked) {
  /** The place of what does not stand in the source as a constant of its own. */
  public static final int NOWHERE = -1;

  private static final String OBSERVED = "djl."; // what DJL says of a training

  /** Whether another value may be given for it: neither a secret nor merely observed. */
  public boolean canBeTold() {
    return !Boolean.TRUE.equals(masked) && !name.startsWith(OBSERVED);
  }

  /** One that is no secret. */
  public Parameter(String name, String type, String value, int start, int end) {
    this(name, type, value, start, end, null);
  }
}
