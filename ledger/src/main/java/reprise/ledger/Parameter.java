package reprise.ledger;

/**
 * A top-level variable that the source sets from a constant.
 *
 * @param value the constant as the source spells it, e.g. {@code 0.05} or {@code "iris.csv"}
 * @param start first character of the constant in the cell's source, from 0
 * @param end the character after its last
 */
public record Parameter(String name, String type, String value, int start, int end) {}
