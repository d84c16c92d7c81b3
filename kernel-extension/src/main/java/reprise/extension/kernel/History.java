package reprise.extension.kernel;

import com.google.gson.JsonArray;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** What was executed in this session, for clients that let people walk through it. */
final class History {
  private static final int SESSION = 1;

  private final List<Line> lines = new ArrayList<>();

  private record Line(int count, String source) {}

  void add(int count, String source) {
    lines.add(new Line(count, source));
  }

  JsonArray answer(Request request) {
    boolean withOutput = request.flag("output", false);
    JsonArray answer = new JsonArray();
    for (Line line : found(request)) {
      answer.add(entry(line, withOutput));
    }
    return answer;
  }

  private List<Line> found(Request request) {
    int wanted = request.number("n", Integer.MAX_VALUE);
    return switch (request.text("hist_access_type")) {
      case "range" -> range(request);
      case "search" -> last(matching(request), wanted);
      default -> last(lines, wanted);
    };
  }

  private List<Line> range(Request request) {
    int session = request.number("session", 0);
    int start = request.number("start", 0);
    int stop = request.number("stop", Integer.MAX_VALUE);
    return session != 0 && session != SESSION
        ? List.of()
        : lines.stream().filter(line -> line.count >= start && line.count < stop).toList();
  }

  private List<Line> matching(Request request) {
    String glob = request.text("pattern");
    Pattern pattern = Pattern.compile(regex(glob.isEmpty() ? "*" : glob), Pattern.DOTALL);
    List<Line> matching =
        lines.stream().filter(line -> pattern.matcher(line.source).matches()).toList();
    return request.flag("unique", false) ? unique(matching) : matching;
  }

  private static List<Line> unique(List<Line> lines) {
    Map<String, Line> latest = new LinkedHashMap<>();
    for (Line line : lines) {
      latest.remove(line.source);
      latest.put(line.source, line);
    }
    return List.copyOf(latest.values());
  }

  private static String regex(String glob) {
    StringBuilder regex = new StringBuilder();
    glob.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '*' -> regex.append(".*");
                case '?' -> regex.append('.');
                default -> regex.append(Pattern.quote(Character.toString(c)));
              }
            });
    return regex.toString();
  }

  private static List<Line> last(List<Line> lines, int wanted) {
    return lines.subList(Math.max(0, lines.size() - Math.max(0, wanted)), lines.size());
  }

  /** Outputs are kept by those who record; here their place stays empty. */
  private static JsonArray entry(Line line, boolean withOutput) {
    JsonArray entry = new JsonArray();
    entry.add(SESSION);
    entry.add(line.count);
    if (withOutput) {
      JsonArray pair = new JsonArray();
      pair.add(line.source);
      pair.add("");
      entry.add(pair);
    } else {
      entry.add(line.source);
    }
    return entry;
  }
}
