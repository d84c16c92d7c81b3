package reprise.extension.policy;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import reprise.ledger.Home;

/**
 * {@code reprise.toml}: the nearest one from the project's folder upwards to its repository's root
 * or the person's home, else the one in Reprise's home.
 */
public final class PolicyFile {
  private static final String NAME = "reprise.toml";
  private static final String FILES = "files";
  private static final String LARGEST_FILE = "largest-file";
  private static final String LARGEST_RUN = "largest-run";
  private static final String IGNORED = "ignored";
  private static final Pattern SIZE = Pattern.compile("(\\d{1,15})\\s*([KMGT]?B)?");
  private static final Map<String, Integer> SHIFTS =
      Map.of("B", 0, "KB", 10, "MB", 20, "GB", 30, "TB", 40);

  private final Path file;
  private final String text;

  private PolicyFile(Path file, String text) {
    this.file = file;
    this.text = text;
  }

  /** Something in the file that is not as it must be. */
  private static final class Typo extends Exception {
    private static final long serialVersionUID = 1L;

    Typo(String why) {
      super(why);
    }
  }

  /**
   * The policy for a project; what no file says is as in {@link Policy#DEFAULT}.
   *
   * @param home Reprise's own
   * @param complaint takes a sentence for the person if the file cannot be used; then none of it is
   */
  public static Policy of(Path project, Path home, Consumer<String> complaint) {
    Optional<Path> found = find(project, home);
    if (found.isEmpty()) {
      return Policy.DEFAULT;
    }
    Path file = found.get();
    try {
      return new PolicyFile(file, Files.readString(file)).policy();
    } catch (IOException e) {
      complaint.accept(sentence(file + ": cannot be read (" + e.getMessage() + ")"));
    } catch (Typo e) {
      complaint.accept(sentence(String.valueOf(e.getMessage())));
    }
    return Policy.DEFAULT;
  }

  private static String sentence(String what) {
    return what + "; Reprise records with its defaults until you mend that and restart.";
  }

  private static Optional<Path> find(Path project, Path home) {
    Path person = Home.person().toAbsolutePath();
    for (Path folder = project.toAbsolutePath().normalize();
        folder != null;
        folder = folder.getParent()) {
      if (Files.isRegularFile(folder.resolve(NAME))) {
        return Optional.of(folder.resolve(NAME));
      }
      if (folder.equals(person) || Files.exists(folder.resolve(".git"))) {
        break;
      }
    }
    return Optional.of(home.resolve(NAME)).filter(Files::isRegularFile);
  }

  private Policy policy() throws Typo {
    JsonNode root = parsed();
    allowOnly(root, "", List.of(FILES));
    JsonNode files = root.path(FILES);
    if (!files.isMissingNode() && !files.isObject()) {
      throw typo(FILES, "must be a table: [files]");
    }
    allowOnly(files, FILES + ".", List.of(LARGEST_FILE, LARGEST_RUN, IGNORED));
    return new Policy(
        size(files, LARGEST_FILE, Policy.DEFAULT.largestFile()),
        size(files, LARGEST_RUN, Policy.DEFAULT.largestRun()),
        patterns(files),
        file.resolveSibling(""));
  }

  private JsonNode parsed() throws Typo {
    try {
      return new TomlMapper().readTree(text);
    } catch (JsonProcessingException e) {
      int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
      throw new Typo("%s:%d: %s".formatted(file, line, firstLine(e)));
    }
  }

  private static String firstLine(JacksonException e) {
    return e.getOriginalMessage().lines().findFirst().orElse("is not TOML");
  }

  private void allowOnly(JsonNode table, String prefix, List<String> keys) throws Typo {
    for (Map.Entry<String, JsonNode> each : table.properties()) {
      if (!keys.contains(each.getKey())) {
        throw typo(each.getKey(), "is no key of %s; there %s".formatted(NAME, all(prefix, keys)));
      }
    }
  }

  private static String all(String prefix, List<String> keys) {
    List<String> names = keys.stream().map(key -> prefix + key).toList();
    return (names.size() == 1 ? "is " : "are ") + String.join(", ", names);
  }

  private long size(JsonNode files, String key, long otherwise) throws Typo {
    JsonNode given = files.path(key);
    if (given.isMissingNode()) {
      return otherwise;
    }
    Matcher size = SIZE.matcher(given.asText().strip().toUpperCase(Locale.ROOT));
    if (!given.isValueNode() || !size.matches()) {
      throw typo(key, "must be a size such as \"500 MB\" or \"2 GB\"");
    }
    String unit = size.group(2) == null ? "B" : size.group(2);
    return Long.parseLong(size.group(1)) << SHIFTS.getOrDefault(unit, 0);
  }

  private List<String> patterns(JsonNode files) throws Typo {
    JsonNode given = files.path(IGNORED);
    List<String> patterns = new ArrayList<>();
    if (!given.isMissingNode() && !given.isArray()) {
      throw typo(IGNORED, "must be a list of patterns such as [\"*.tmp\", \"cache/**\"]");
    }
    for (JsonNode pattern : given) {
      if (!pattern.isTextual() || !Policy.isPattern(pattern.asText())) {
        throw typo(IGNORED, "has %s, which is no pattern such as \"*.tmp\"".formatted(pattern));
      }
      patterns.add(pattern.asText());
    }
    return patterns;
  }

  private Typo typo(String key, String why) {
    return new Typo("%s:%d: '%s' %s".formatted(file, lineOf(key), key, why));
  }

  /** Where the key stands; values have lost their place once they are read. */
  private int lineOf(String key) {
    Pattern written =
        Pattern.compile("^\\s*(\\[\\s*)?[\"']?" + Pattern.quote(key) + "[\"']?\\s*[]=.]");
    List<String> lines = text.lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      if (written.matcher(lines.get(i)).find()) {
        return i + 1;
      }
    }
    return 1;
  }
}
