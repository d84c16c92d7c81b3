package reprise.extension.secret;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reprise.ledger.Output;

/**
 * Masks printed text, which comes in pieces that are cut anywhere. A line that has not ended is
 * held back until its end or the next output comes, so that a secret in it is seen as a whole. For
 * one thread at a time.
 */
public final class StreamMask {
  /** Of longer lines only the end is held back. */
  private static final int LONGEST_LINE = 1 << 14;

  private static final String KEY = "-----BEGIN";
  private static final String KEY_END = "-----END";

  private final Mask mask;
  private final StringBuilder held = new StringBuilder();
  private String name = "";

  public StreamMask(Mask mask) {
    this.mask = mask;
  }

  /** What may be written down now that {@code output} has come. */
  public List<Output> after(Output output) {
    List<Output> now = new ArrayList<>(2);
    if (!(output instanceof Output.Stream piece)) {
      addRest(now);
      now.add(output);
      return now;
    }
    if (!piece.name().equals(name)) {
      addRest(now);
      name = piece.name();
    }
    held.append(piece.text());
    String ready = ready();
    if (ready != null) {
      now.add(new Output.Stream(name, ready));
    }
    return now;
  }

  /** What is still held back. */
  public List<Output> rest() {
    List<Output> rest = new ArrayList<>(1);
    addRest(rest);
    return rest;
  }

  private void addRest(List<Output> to) {
    if (held.length() > 0) {
      to.add(new Output.Stream(name, mask.text(held.toString())));
      held.setLength(0);
    }
  }

  /** The masked text up to where no secret can begin that has not ended; null if there is none. */
  private @Nullable String ready() {
    int end = held.lastIndexOf("\n") + 1;
    int key = openKey(end);
    if (key >= 0) {
      end = key;
    }
    if (held.length() - end > LONGEST_LINE) {
      return allButTheLast();
    }
    if (end == 0) {
      return null;
    }
    String text = held.substring(0, end);
    held.delete(0, end);
    return mask.text(text);
  }

  /** Where a private key begins whose end has not come; -1 if there is none. */
  private int openKey(int end) {
    int begin = held.lastIndexOf(KEY, end);
    return begin >= 0 && held.indexOf(KEY_END, begin) < 0 ? begin : -1;
  }

  private String allButTheLast() {
    String all = held.toString();
    List<Span> spans = mask.spans(all);
    int cut = all.length() - LONGEST_LINE / 2;
    for (Span span : spans) {
      if (span.start() < cut && cut < span.end()) {
        cut = span.end() < all.length() ? span.end() : span.start();
      }
    }
    int to = cut;
    held.delete(0, to);
    return MaskedSource.masked(
        all.substring(0, to), spans.stream().filter(span -> span.end() <= to).toList());
  }
}
