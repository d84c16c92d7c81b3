package reprise.extension.cell;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import jdk.jshell.MethodSnippet;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.TypeDeclSnippet;
import jdk.jshell.VarSnippet;
import org.jspecify.annotations.Nullable;
import reprise.extension.cell.References.Reference;
import reprise.ledger.Flow;
import reprise.ledger.Flow.DeclarationKind;
import reprise.ledger.Flow.Name;

/**
 * Follows from the bytecode of snippets what each cell has to do with those before it. What a
 * snippet only declares counts as used by those who call it; calls through libraries, such as of a
 * lambda in a list, are not followed.
 */
final class DataFlow {
  /** What the classes of one snippet refer to. */
  private static final class Node {
    private final Set<Reference> executed = new LinkedHashSet<>();
    private final Set<Reference> later = new LinkedHashSet<>();
    private boolean executes;
  }

  private final Map<String, Node> nodes = new ConcurrentHashMap<>();
  private final Map<String, Integer> declaredBy = new HashMap<>();
  private final Set<String> fresh = ConcurrentHashMap.newKeySet();
  private final Set<Name> defined = new LinkedHashSet<>();
  private final Set<Name> used = new LinkedHashSet<>();
  private final Set<Name> changed = new LinkedHashSet<>();
  private final Count snippets = new Count();
  private final Count results = new Count();
  private int step;

  /** Makes ready for the next cell. */
  void begin() {
    step++;
    beginAside();
  }

  /** Makes ready for what is evaluated between two cells and is no step. */
  void beginAside() {
    fresh.clear();
    defined.clear();
    used.clear();
    changed.clear();
    snippets.begin();
    results.begin();
  }

  /** Takes note of a class that is about to be loaded. */
  void loaded(References references) {
    Node node = nodes.computeIfAbsent(references.snippet(), snippet -> new Node());
    node.executed.addAll(references.executed());
    node.later.addAll(references.later());
    node.executes |= references.executes();
    fresh.add(references.snippet());
  }

  /** Takes note of what came of a snippet, before the next one is executed. */
  void evaluated(List<SnippetEvent> events) {
    for (SnippetEvent event : events) {
      if (event.causeSnippet() == null) {
        follow(event.snippet().id());
        declare(event);
        count(event.snippet());
      }
    }
    fresh.clear();
  }

  /** Takes note of the numbers of snippets that belong to no cell. */
  void counted(List<SnippetEvent> events) {
    events.forEach(event -> count(event.snippet()));
  }

  private void count(Snippet snippet) {
    if (SnippetNames.isNumber(snippet.id())) {
      snippets.reach(Integer.parseInt(snippet.id()));
    }
    if (snippet instanceof VarSnippet variable && !Variables.named(variable)) {
      String number = variable.name().substring(1);
      if (SnippetNames.isNumber(number)) {
        results.reach(Integer.parseInt(number));
      }
    }
  }

  /** How far JShell has counted. */
  Flow.Numbering numbering() {
    return new Flow.Numbering(snippets.latest(), results.latest());
  }

  /** Goes on as if it had counted further already. */
  void goOnFrom(Flow.Numbering further) {
    snippets.reach(further.snippets());
    results.reach(further.results());
  }

  private void follow(String id) {
    Set<Reference> now = new LinkedHashSet<>();
    Set<Reference> mere = new LinkedHashSet<>();
    for (String snippet : fresh) {
      if (SnippetNames.id(snippet).equals(id)) {
        Node node = nodes.getOrDefault(snippet, new Node());
        now.addAll(node.executed);
        (node.executes ? now : mere).addAll(node.later);
      }
    }
    note(reached(now), id, true);
    note(reached(mere), id, false);
  }

  /**
   * Notes what the snippet {@code from} refers to.
   *
   * @param executed whether it was not only compiled, so that what it refers to may have changed
   */
  private void note(Set<Reference> references, String from, boolean executed) {
    for (Reference reference : references) {
      Name name = name(reference, from);
      if (name != null) {
        used.add(name);
        if (executed && reference.changes()) {
          changed.add(name);
        }
      }
    }
  }

  /** What is referred to, and what that refers to when it is called. */
  private Set<Reference> reached(Set<Reference> from) {
    Set<Reference> reached = new LinkedHashSet<>(from);
    Deque<Reference> open = new ArrayDeque<>(from);
    Set<String> passed = new LinkedHashSet<>();
    while (!open.isEmpty()) {
      String snippet = open.remove().snippet();
      Node node = nodes.get(snippet);
      if (node != null && passed.add(snippet)) {
        for (Reference reference : node.later) {
          if (reached.add(reference)) {
            open.add(reference);
          }
        }
      }
    }
    return reached;
  }

  /** Null for what belongs to the snippet itself. */
  private @Nullable Name name(Reference reference, String from) {
    String id = SnippetNames.id(reference.snippet());
    Integer by = declaredBy.get(id);
    return id.equals(from) || by == null ? null : new Name(reference.kind(), reference.name(), by);
  }

  private void declare(SnippetEvent event) {
    Snippet snippet = event.snippet();
    DeclarationKind kind = kind(snippet);
    if (kind != null && event.status().isDefined()) {
      declaredBy.put(snippet.id(), step);
      String name = ((jdk.jshell.DeclarationSnippet) snippet).name();
      if (!name.startsWith("$")) {
        defined.add(new Name(kind, name, step));
      }
    }
  }

  private static @Nullable DeclarationKind kind(Snippet snippet) {
    if (snippet instanceof VarSnippet) {
      return DeclarationKind.VARIABLE;
    }
    if (snippet instanceof MethodSnippet) {
      return DeclarationKind.METHOD;
    }
    return snippet instanceof TypeDeclSnippet ? DeclarationKind.TYPE : null;
  }

  /** What the cell since {@link #begin} had to do with others, and declared. */
  Flow end() {
    return new Flow(
        List.copyOf(defined),
        ofOthers(used),
        ofOthers(changed),
        new Flow.Numbering(snippets.before(), results.before()));
  }

  /** Without what the same cell declared before it used it. */
  private List<Name> ofOthers(Set<Name> names) {
    List<Name> others = new ArrayList<>(names);
    others.removeAll(defined);
    return others;
  }
}
