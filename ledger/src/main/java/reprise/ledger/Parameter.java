package reprise.ledger;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * A top-level variable that the source sets from a constant.
 *
 * @param value the constant as the source spells it, e.g. {@code 0.05} or {@code "iris.csv"}
 * @param start first character of the constant in the cell's source, from 0
 * @param end the character after its last
 * @param masked true if the constant is a secret, so that the record has its {@link Masked#mark}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Parameter(
    String name, String type, String value, int start, int end, @Nullable Boolean masked) {
  /** One that is no secret. */
  public Parameter(String name, String type, String value, int start, int end) {
    this(name, type, value, start, end, null);
  }
}
