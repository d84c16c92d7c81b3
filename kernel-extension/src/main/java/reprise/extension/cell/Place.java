package reprise.extension.cell;

/**
 * Where a snippet stands.
 *
 * @param label what people call the cell
 * @param cell the cell's whole text
 * @param offset the snippet's first character in it
 */
record Place(String label, String cell, int offset) {
  /** The line of the cell, from 1, that is the snippet's line {@code line}, from 1. */
  int line(int line) {
    return lineAt(offset) + line - 1;
  }

  /** The line, from 1, in which the cell's character {@code position} stands. */
  int lineAt(int position) {
    return 1
        + (int)
            cell.substring(0, Math.min(position, cell.length()))
                .chars()
                .filter(c -> c == '\n')
                .count();
  }

  /** The column, from 1, of the cell's character {@code position}. */
  int columnAt(int position) {
    return Math.min(position, cell.length()) - cell.lastIndexOf('\n', position - 1);
  }

  /** The text of a line, counted from 1. */
  String text(int line) {
    return cell.lines().skip(line - 1L).findFirst().orElse("");
  }
}
