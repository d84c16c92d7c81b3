package reprise.reproducer.cause;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import reprise.ledger.Environment;
import reprise.ledger.Explanation;
import reprise.ledger.Wire;

/** In what the surroundings of two runs differ. */
final class EnvironmentFactors {
  private static final Map<String, Explanation.Factor> FIELDS = new LinkedHashMap<>();
  private static final Set<String> ACCOUNT = Set.of("HOME", "USER", "LOGNAME");

  static {
    FIELDS.put("classPath", Explanation.Factor.DEPENDENCY_JAR);
    FIELDS.put("locale", Explanation.Factor.LOCALE);
    FIELDS.put("zone", Explanation.Factor.TIME_ZONE);
    FIELDS.put("encoding", Explanation.Factor.ENCODING);
    FIELDS.put("lineSeparator", Explanation.Factor.LINE_SEPARATOR);
    FIELDS.put("user", Explanation.Factor.ACCOUNT);
    FIELDS.put("processors", Explanation.Factor.THREAD_COUNT);
    FIELDS.put("flags", Explanation.Factor.JVM_OPTION);
    FIELDS.put("jdk", Explanation.Factor.JDK);
  }

  private final JsonNode base;
  private final JsonNode other;
  private final List<Factor> factors = new ArrayList<>();

  private EnvironmentFactors(Environment base, Environment other) {
    this.base = Wire.JSON.valueToTree(base);
    this.other = Wire.JSON.valueToTree(other);
  }

  static List<Factor> between(Environment base, Environment other) {
    EnvironmentFactors all = new EnvironmentFactors(base, other);
    FIELDS.forEach(all::addField);
    Set<String> names = new TreeSet<>(base.variables().keySet());
    names.addAll(other.variables().keySet());
    names.forEach(all::addVariable);
    return all.factors;
  }

  private void addField(String name, Explanation.Factor kind) {
    JsonNode theirs = other.path(name);
    if (!base.path(name).equals(theirs)) {
      factors.add(
          new Factor(
              kind,
              "%s: %s → %s".formatted(name, words(base.path(name)), words(theirs)),
              draft -> Draft.put(draft.environment(), name, theirs)));
    }
  }

  private void addVariable(String name) {
    JsonNode theirs = other.path("variables").path(name);
    JsonNode ours = base.path("variables").path(name);
    if (!ours.equals(theirs)) {
      factors.add(
          new Factor(
              kind(name),
              "%s: %s → %s".formatted(name, words(ours), words(theirs)),
              draft ->
                  Draft.put((ObjectNode) draft.environment().path("variables"), name, theirs)));
    }
  }

  /** A variable that only says in another way what stands in a field belongs to that. */
  private static Explanation.Factor kind(String variable) {
    if (variable.equals("LANG") || variable.equals("LANGUAGE") || variable.startsWith("LC_")) {
      return Explanation.Factor.LOCALE;
    }
    if (variable.equals("TZ")) {
      return Explanation.Factor.TIME_ZONE;
    }
    if (variable.equals("JAVA_HOME")) {
      return Explanation.Factor.JDK;
    }
    if (variable.endsWith("_THREADS")) {
      return Explanation.Factor.THREAD_COUNT;
    }
    if (variable.endsWith("_OPTIONS")) {
      return Explanation.Factor.JVM_OPTION;
    }
    return ACCOUNT.contains(variable)
        ? Explanation.Factor.ACCOUNT
        : Explanation.Factor.ENVIRONMENT_VARIABLE;
  }

  private static String words(JsonNode node) {
    if (node.isMissingNode() || node.isNull()) {
      return "not set";
    }
    if (node.has("version")) {
      return "%s of %s".formatted(node.path("version").asText(), node.path("vendor").asText());
    }
    if (node.has("name")) {
      return node.path("name").asText();
    }
    return node.isTextual() ? Wire.write(node).replace("\"", "") : node.toString();
  }
}
