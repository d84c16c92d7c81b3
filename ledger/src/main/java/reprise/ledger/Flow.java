package reprise.ledger;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a step hangs together with others through the session's variables, methods and types, as the
 * bytecode of its snippets says. What reflection reaches is not in there.
 *
 * @param defined what the step declared
 * @param used what its code refers to, also through the methods, types and lambdas that it uses
 * @param changed what it may have changed of other steps: what it assigned, and objects that it got
 *     hold of and that can be changed
 * @param numbering how far JShell had counted before the step; null in what versions wrote that did
 *     not look
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Flow(
    List<Name> defined, List<Name> used, List<Name> changed, @Nullable Numbering numbering) {
  public static final Flow NONE = new Flow(List.of(), List.of(), List.of(), null);

  public Flow {
    defined = List.copyOf(defined);
    used = List.copyOf(used);
    changed = List.copyOf(changed);
  }

  /**
   * JShell's own numbers, which show: the class {@code Foo} of its snippet 21 is called {@code
   * REPL.$JShell$21$Foo}, its third result {@code $3}.
   *
   * @param snippets the number of the latest snippet
   * @param results how many results had got a name
   */
  public record Numbering(int snippets, int results) {}

  /** What stands at the top level of a cell. */
  public enum DeclarationKind {
    VARIABLE,
    METHOD,
    TYPE
  }

  /**
   * Something declared by a cell.
   *
   * @param step that declared it, last before it was referred to
   */
  public record Name(DeclarationKind kind, String name, int step) {
    /** As people write it, e.g. {@code train()}. */
    @Override
    public String toString() {
      return kind == DeclarationKind.METHOD ? name + "()" : name;
    }
  }
}
