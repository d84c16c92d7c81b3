package reprise.reproducer.comparison;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.eclipse.jgit.diff.DiffFormatter;
import org.eclipse.jgit.diff.EditList;
import org.eclipse.jgit.diff.HistogramDiff;
import org.eclipse.jgit.diff.RawText;
import org.eclipse.jgit.diff.RawTextComparator;

/** Two texts' difference by lines, as git writes it. */
final class SourceDiff {
  private SourceDiff() {}

  /** Without the head that names files, for there are none. */
  static String of(String before, String now) {
    RawText left = text(before);
    RawText right = text(now);
    EditList edits = new HistogramDiff().diff(RawTextComparator.DEFAULT, left, right);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (DiffFormatter formatter = new DiffFormatter(out)) {
      formatter.format(edits, left, right);
    } catch (IOException e) {
      throw new UncheckedIOException("into memory", e);
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  /** Whether the last line has an end is no difference of a cell. */
  private static RawText text(String source) {
    String whole = source.isEmpty() || source.endsWith("\n") ? source : source + "\n";
    return new RawText(whole.getBytes(StandardCharsets.UTF_8));
  }
}
