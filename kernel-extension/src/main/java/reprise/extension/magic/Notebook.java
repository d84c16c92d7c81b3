package reprise.extension.magic;

import java.util.List;
import java.util.function.Supplier;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.jspecify.annotations.Nullable;
import reprise.extension.cell.AddedJar;

/** What magics may do to the session that they stand in. */
public interface Notebook {
  /** Executes the text of a cell, magics and all; returns its value. */
  @Nullable Object execute(String cell);

  /** Executes {@code task}; tracebacks call what it executes {@code label}. */
  <T extends @Nullable Object> T within(String label, Supplier<T> task);

  void add(AddedJar jar);

  List<AddedJar> jars();

  /** What stands in the session, as source: {@code vars}, {@code methods}, {@code types}… */
  List<String> declared(String kind);

  void display(DisplayData data);

  /** Tells the person something that is no output of the cell. */
  void aside(String text);

  /** Says how far something has come. Seen by the person, but no output of the cell. */
  void progress(String line);
}
