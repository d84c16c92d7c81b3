package reprise.extension.secret;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import reprise.ledger.ChildProcess;
import reprise.ledger.Environment;
import reprise.ledger.Masked;
import reprise.ledger.Outcome;
import reprise.ledger.Output;
import reprise.ledger.RunEvent;
import reprise.ledger.Value;

/**
 * Events as they may be written down. What Reprise itself makes up (ids, kinds, digests, moments)
 * is never touched, or a secret such as "stdout" would make the journal unreadable. Source,
 * parameters and printed text come masked already: they need to be seen as a whole.
 */
public final class EventMask {
  private static final int LONGEST_OPTION = 64;

  private final Mask mask;

  public EventMask(Mask mask) {
    this.mask = mask;
  }

  /** The event with marks for secrets; itself if there is none. */
  public RunEvent masked(RunEvent event) {
    if (event instanceof RunEvent.SessionStarted it) {
      return new RunEvent.SessionStarted(
          it.session(),
          it.number(),
          it.at(),
          it.notebook(),
          it.kernel(),
          it.host(),
          it.pid(),
          masked(it.environment()));
    }
    if (event instanceof RunEvent.OutputAdded it) {
      return new RunEvent.OutputAdded(
          it.session(), it.number(), it.at(), it.run(), it.step(), masked(it.output()));
    }
    if (event instanceof RunEvent.InputRead it) {
      return masked(it);
    }
    if (event instanceof RunEvent.CellEnded it) {
      return masked(it);
    }
    if (event instanceof RunEvent.ChildRan it) {
      return new RunEvent.ChildRan(
          it.session(), it.number(), it.at(), it.run(), it.step(), masked(it.child()));
    }
    if (event instanceof RunEvent.VariableRead it && it.value() != null) {
      return new RunEvent.VariableRead(
          it.session(),
          it.number(),
          it.at(),
          it.run(),
          it.step(),
          it.name(),
          mask.value(it.name(), it.value()));
    }
    if (event instanceof RunEvent.RecordingNoted it) {
      return new RunEvent.RecordingNoted(
          it.session(), it.number(), it.at(), it.run(), mask.text(it.text()));
    }
    return event;
  }

  private Environment masked(Environment it) {
    Map<String, String> variables = new LinkedHashMap<>();
    it.variables().forEach((name, value) -> variables.put(name, mask.value(name, value)));
    return new Environment(
        it.jdk(),
        it.flags().stream().map(mask::text).toList(),
        it.operatingSystem(),
        it.processors(),
        it.maxHeapBytes(),
        it.classPath(),
        it.locale(),
        it.zone(),
        it.encoding(),
        it.lineSeparator(),
        it.workingDirectory(),
        variables,
        it.user(),
        it.absent());
  }

  private Output masked(Output output) {
    if (output instanceof Output.Result it) {
      return new Output.Result(it.executionCount(), masked(it.data()), it.metadata());
    }
    if (output instanceof Output.Display it) {
      return new Output.Display(masked(it.data()), it.metadata(), it.displayId());
    }
    if (output instanceof Output.DisplayUpdate it) {
      return new Output.DisplayUpdate(masked(it.data()), it.metadata(), it.displayId());
    }
    if (output instanceof Output.Traceback it) {
      return new Output.Traceback(
          it.ename(), mask.text(it.evalue()), it.traceback().stream().map(mask::text).toList());
    }
    return output;
  }

  private Map<String, JsonNode> masked(Map<String, JsonNode> forms) {
    Map<String, JsonNode> masked = new LinkedHashMap<>();
    forms.forEach((type, form) -> masked.put(type, isBytes(type) ? form : masked(form)));
    return masked;
  }

  /** Pictures and the like come in letters, but say nothing in them. */
  private static boolean isBytes(String type) {
    return (type.startsWith("image/") && !type.contains("svg"))
        || type.startsWith("audio/")
        || type.startsWith("video/");
  }

  private JsonNode masked(JsonNode node) {
    if (node instanceof TextNode text) {
      String masked = mask.text(text.textValue());
      return masked.equals(text.textValue()) ? node : TextNode.valueOf(masked);
    }
    if (node instanceof ArrayNode array) {
      ArrayNode masked = JsonNodeFactory.instance.arrayNode(array.size());
      array.forEach(element -> masked.add(masked(element)));
      return masked;
    }
    if (node instanceof ObjectNode object) {
      ObjectNode masked = JsonNodeFactory.instance.objectNode();
      object
          .properties()
          .forEach(field -> masked.set(field.getKey(), field(field.getKey(), field.getValue())));
      return masked;
    }
    return node;
  }

  private JsonNode field(String name, JsonNode value) {
    return value.isTextual()
        ? TextNode.valueOf(mask.value(name, value.textValue()))
        : masked(value);
  }

  private RunEvent masked(RunEvent.InputRead it) {
    return new RunEvent.InputRead(
        it.session(),
        it.number(),
        it.at(),
        it.run(),
        it.step(),
        mask.text(it.prompt()),
        it.text() == null ? null : answer(it.prompt(), it.text()));
  }

  /** A line that was asked for as a password, if not through the door for passwords, is one too. */
  private @Nullable String answer(String prompt, String text) {
    String asked = prompt.strip().replaceAll("[:?>\\s]+$", "");
    if (!SecretName.hides(asked, text)) {
      return mask.text(text);
    }
    mask.know(asked.substring(asked.lastIndexOf(' ') + 1), text);
    return null;
  }

  private RunEvent masked(RunEvent.CellEnded it) {
    return new RunEvent.CellEnded(
        it.session(),
        it.number(),
        it.at(),
        it.run(),
        it.step(),
        masked(it.outcome()),
        it.tookNanos(),
        it.data(),
        it.parameters(),
        it.values().stream().map(this::masked).toList(),
        it.jars(),
        it.chance(),
        it.flow());
  }

  private Outcome masked(Outcome outcome) {
    return outcome instanceof Outcome.Failed failed
        ? new Outcome.Failed(failed.exception(), mask.textOrNull(failed.message()))
        : outcome;
  }

  /** Of a short secret even the digest gives away whether a guess is right. */
  private Value masked(Value value) {
    String text = value.text();
    if (Mask.isSecret(value.name()) && isText(value.type())) {
      boolean hidden = text == null || SecretName.hides(value.name(), text);
      return hidden
          ? new Value(value.name(), value.type(), Masked.mark(nameOf(value, text)), null)
          : value;
    }
    return text == null
        ? value
        : new Value(value.name(), value.type(), mask.text(text), value.digest());
  }

  private String nameOf(Value value, @Nullable String text) {
    return text == null || value.digest() != null ? value.name() : mask.know(value.name(), text);
  }

  private static boolean isText(String type) {
    return type.equals("String")
        || type.equals("char[]")
        || type.equals("byte[]")
        || type.equals("CharSequence")
        || type.equals("StringBuilder");
  }

  private ChildProcess masked(ChildProcess child) {
    List<String> words = new ArrayList<>();
    String option = "";
    for (String word : child.command()) {
      boolean isValue = option.startsWith("-") && option.length() < LONGEST_OPTION;
      words.add(isValue ? mask.value(option, word) : mask.text(word));
      option = word;
    }
    return new ChildProcess(words, child.folder(), child.exitCode());
  }
}
