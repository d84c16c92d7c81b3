package reprise.extension.secret;

import java.util.List;
import reprise.ledger.Masked;
import reprise.ledger.Parameter;

/** A cell's source with marks in the places of its secrets. */
public final class MaskedSource {
  private final String text;
  private final List<Span> spans;

  /**
   * @param spans the places in {@code source}, in order; each has the name that its mark shall say
   */
  MaskedSource(String source, List<Span> spans) {
    this.spans = spans;
    this.text = masked(source, spans);
  }

  /** What may be written down. */
  public String text() {
    return text;
  }

  static String masked(String text, List<Span> spans) {
    if (spans.isEmpty()) {
      return text;
    }
    StringBuilder masked = new StringBuilder(text.length());
    int from = 0;
    for (Span span : spans) {
      masked.append(text, from, span.start()).append(Masked.mark(span.name()));
      from = span.end();
    }
    return masked.append(text, from, text.length()).toString();
  }

  /** The parameter as it stands in the masked source. */
  public Parameter parameter(Parameter parameter) {
    if (spans.isEmpty()) {
      return parameter;
    }
    int start = moved(parameter.start());
    int end = moved(parameter.end());
    boolean holdsSecret =
        spans.stream()
            .anyMatch(span -> span.start() < parameter.end() && parameter.start() < span.end());
    return new Parameter(
        parameter.name(),
        parameter.type(),
        holdsSecret ? text.substring(start, end) : parameter.value(),
        start,
        end,
        holdsSecret ? Boolean.TRUE : null);
  }

  private int moved(int place) {
    int moved = place;
    for (Span span : spans) {
      if (span.end() <= place) {
        moved += Masked.mark(span.name()).length() - (span.end() - span.start());
      }
    }
    return moved;
  }
}
