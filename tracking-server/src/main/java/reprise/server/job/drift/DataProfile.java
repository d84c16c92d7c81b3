package reprise.server.job.drift;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a table is like: how many rows it has, and of each column how much is missing, between which
 * numbers it lies, which values it takes.
 */
public final class DataProfile {
  private static final String SEPARATORS = ",;\t|";

  private final Map<String, Column> columns = new LinkedHashMap<>();
  private long rows;

  private DataProfile() {}

  /** Whether a file of this name is one of which a profile can be made. */
  public static boolean isTable(String path) {
    String name = path.toLowerCase(Locale.ROOT);
    return name.endsWith(".csv") || name.endsWith(".tsv");
  }

  /**
   * The profile of a file whose first line has the names of the columns. Commas, semicolons, tabs
   * or bars stand between its values, whichever its first line has most of.
   *
   * @throws IOException if it cannot be read, or is no table
   */
  public static DataProfile of(Path file) throws IOException {
    DataProfile profile = new DataProfile();
    try (BufferedReader text =
            // of another encoding numbers and lengths still say enough, so nothing is refused
            new BufferedReader(
                new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8));
        CsvReader<CsvRecord> records =
            CsvReader.builder()
                .fieldSeparator(separator(text))
                .allowUnclosedQuote(false)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .ofCsvRecord(text)) {
      List<Column> inOrder = new ArrayList<>();
      for (CsvRecord row : records) {
        if (inOrder.isEmpty()) {
          row.getFields().forEach(name -> inOrder.add(profile.column(name)));
        } else {
          profile.add(row, inOrder);
        }
      }
    } catch (CsvParseException | UncheckedIOException e) {
      throw new IOException("%s is no table that can be read".formatted(file), e);
    }
    return profile;
  }

  private static char separator(BufferedReader text) throws IOException {
    text.mark(1 << 16);
    String line = String.valueOf(text.readLine());
    text.reset();
    char best = ',';
    for (int i = 0; i < SEPARATORS.length(); i++) {
      char each = SEPARATORS.charAt(i);
      best = count(line, each) > count(line, best) ? each : best;
    }
    return best;
  }

  private static long count(String line, char sought) {
    return line.chars().filter(it -> it == sought).count();
  }

  private Column column(String name) {
    Column column = new Column();
    String free = name;
    for (int i = 2; columns.putIfAbsent(free, column) != null; i++) {
      free = name + " (" + i + ")";
    }
    return column;
  }

  private void add(CsvRecord row, List<Column> inOrder) {
    rows++;
    for (int i = 0; i < inOrder.size(); i++) {
      inOrder.get(i).add(i < row.getFieldCount() ? row.getField(i) : "");
    }
  }

  /**
   * In what this one has drifted from another, a line each; none if in nothing.
   *
   * @param margin a share: of rows by which their number may differ, of a column that may be
   *     missing more, of the width of a range by which it may be left
   */
  public List<String> since(DataProfile before, double margin) {
    List<String> lines = new ArrayList<>();
    if (Math.abs(rows - before.rows) > margin * before.rows) {
      lines.add("%d rows rather than %d".formatted(rows, before.rows));
    }
    before.columns.forEach(
        (name, column) -> {
          Column now = columns.get(name);
          if (now == null) {
            lines.add("no column '%s' any more".formatted(name));
          } else {
            now.since(column, margin).forEach(line -> lines.add("%s: %s".formatted(name, line)));
          }
        });
    columns.keySet().stream()
        .filter(name -> !before.columns.containsKey(name))
        .forEach(name -> lines.add("a new column '%s'".formatted(name)));
    return lines;
  }
}
