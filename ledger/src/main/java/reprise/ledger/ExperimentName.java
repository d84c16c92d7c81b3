package reprise.ledger;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/**
 * Names a line of work, by default one notebook. Fit to be a folder and a part of a URL as it is:
 * the experiment's code history is cloned from {@code /git/<name>.git}.
 */
public record ExperimentName(@JsonValue String value) {
  private static final Pattern SHAPE = Pattern.compile("[\\p{L}\\p{N}_][\\p{L}\\p{N}._-]{0,99}");
  private static final Pattern MISFIT = Pattern.compile("[^\\p{L}\\p{N}._-]+");

  /** The experiment of runs whose notebook could not be found out. */
  public static final ExperimentName UNTITLED = new ExperimentName("untitled");

  @JsonCreator
  public ExperimentName {
    if (!SHAPE.matcher(value).matches() || value.endsWith(".git") || value.endsWith(".lock")) {
      throw new IllegalArgumentException(
          "'%s' cannot name an experiment; use letters, digits, '.', '_' and '-'".formatted(value));
    }
  }

  /** The name that a notebook's runs get when nobody chose one: its file name, made fit. */
  public static ExperimentName of(String notebookPath) {
    String file = notebookPath.substring(notebookPath.lastIndexOf('/') + 1);
    String stem = file.endsWith(".ipynb") ? file.substring(0, file.length() - 6) : file;
    String fit = MISFIT.matcher(stem).replaceAll("-").replaceAll("^[.-]+|(\\.git|\\.lock)+$", "");
    if (fit.isEmpty()) {
      return UNTITLED;
    }
    return new ExperimentName(fit.substring(0, Math.min(fit.length(), 100)));
  }

  @Override
  public String toString() {
    return value;
  }
}
