package reprise.extension.cell;

import org.jspecify.annotations.Nullable;
import reprise.ledger.Parameter;

/**
 * A top-level variable after a cell.
 *
 * @param type as declared, e.g. {@code List<String>}; for {@code var} what the compiler found
 * @param value the very object that it holds, not a copy
 * @param declared whether the cell declared it (again), not merely assigned it
 * @param parameter the constant that the cell's source sets it from, if it does
 */
public record Variable(
    String name,
    String type,
    @Nullable Object value,
    boolean declared,
    @Nullable Parameter parameter) {}
