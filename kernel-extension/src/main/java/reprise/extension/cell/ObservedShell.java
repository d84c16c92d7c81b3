package reprise.extension.cell;

import java.lang.reflect.Field;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import jdk.jshell.EvalException;
import jdk.jshell.JShell;
import jdk.jshell.JShellException;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.UnresolvedReferenceException;
import jdk.jshell.VarSnippet;
import jdk.jshell.spi.ExecutionControl.ClassBytecodes;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import reprise.extension.agent.ShellInsides;
import reprise.extension.chance.ChanceWeave;

/**
 * JShell as somebody else drives it. From what passes through it comes what {@link CellEngine}
 * would say of the same cell, in the same words: a replay goes through the engine, and what differs
 * must be the cell's doing.
 */
public final class ObservedShell {
  private final String hook;
  private final Consumer<String> loaded;
  private final DataFlow flow = new DataFlow();
  private final Map<String, Place> places = new HashMap<>();
  private final Trace trace = new Trace(places);
  private final Map<String, String> classes = new ConcurrentHashMap<>();
  private final List<AddedJar> jars = new ArrayList<>();
  private @Nullable Variables variables;
  private @Nullable CellRequest cell;
  private @Nullable CellFailure failure;
  private volatile @Nullable ClassLoader loader;
  private volatile @Nullable Object value;
  private volatile @Nullable Throwable thrown;
  private @Nullable Object result;
  private int searchedTo;

  /**
   * A shell in which nothing has been seen yet.
   *
   * @param hook the class that woven snippets tell how they begin and end, by its internal name
   * @param loaded told the name of each snippet's class
   */
  public ObservedShell(String hook, Consumer<String> loaded) {
    this.hook = hook;
    this.loaded = loaded;
  }

  /** Makes ready for a cell. */
  public void begin(CellRequest request) {
    cell = request;
    failure = null;
    result = null;
    searchedTo = 0;
    flow.begin();
    if (variables != null) {
      variables.begin();
    }
  }

  /** The classes of a snippet as they shall come into the JVM. */
  public ClassBytecodes[] woven(ClassBytecodes[] snippets) {
    ClassBytecodes[] woven = new ClassBytecodes[snippets.length];
    for (int i = 0; i < snippets.length; i++) {
      String name = snippets[i].name();
      woven[i] = new ClassBytecodes(name, woven(snippets[i].bytecodes()));
      if (SnippetNames.isOfSnippet(name)) {
        classes.put(SnippetNames.id(name.replace('.', '/')), name);
        loaded.accept(name);
      }
    }
    return woven;
  }

  private byte[] woven(byte[] bytecode) {
    ClassReader reader = new ClassReader(bytecode);
    ClassWriter writer = new ClassWriter(reader, 0);
    References references = new References(new ChanceWeave(new SnippetEntry(writer, hook)));
    reader.accept(references, 0);
    if (cell != null) {
      flow.loaded(references);
    }
    return writer.toByteArray();
  }

  /** A snippet's own code begins. */
  public void begins(Class<?> snippet) {
    loader = snippet.getClassLoader();
    value = null;
    thrown = null;
  }

  /** It came to its end. */
  public void returns(@Nullable Object given) {
    value = given;
  }

  /** It threw something, which the shell is about to take apart. */
  public void fails(Throwable exception) {
    thrown = exception;
  }

  /** Something was put on the class path. */
  public void add(Path jar) {
    jars.add(new AddedJar(jar.toAbsolutePath().normalize(), null));
  }

  /** Jars that have come before the first cell, or since it was last asked for them. */
  public List<AddedJar> takeJars() {
    List<AddedJar> taken = List.copyOf(jars);
    jars.clear();
    return taken;
  }

  /**
   * A snippet as JShell shall get it: without blanks before it, for it loses count of the lines of
   * a snippet that does not begin in the first one.
   */
  public String read(String source) {
    return cell == null ? source : source.stripLeading();
  }

  /** The shell is done with a snippet. */
  public void evaluated(JShell shell, List<SnippetEvent> events) {
    CellRequest running = cell;
    Object given = value;
    Throwable exception = thrown;
    value = null;
    thrown = null;
    if (running == null) {
      flow.counted(events);
      return; // the kernel's own beginning
    }
    if (variables == null) {
      variables = new Variables(shell, this::valueOf);
    }
    flow.evaluated(events);
    for (SnippetEvent event : events) {
      if (event.causeSnippet() == null) {
        Place place = place(running, event.snippet());
        places.put(event.snippet().id(), place);
        variables.declared(event.snippet(), place);
        result = given;
        failure = failure(shell, event, exception, place);
      }
    }
  }

  /**
   * Where a snippet stands. A kernel hands snippets over one by one in their order; what cannot be
   * found is what a magic made.
   */
  private Place place(CellRequest running, Snippet snippet) {
    int at = running.source().indexOf(snippet.source(), searchedTo);
    if (at < 0) {
      return new Place(running.label(), snippet.source(), 0);
    }
    searchedTo = at + snippet.source().length();
    return new Place(running.label(), running.source(), at);
  }

  private @Nullable CellFailure failure(
      JShell shell, SnippetEvent event, @Nullable Throwable exception, Place place) {
    JShellException reported = event.exception();
    Complaint complaint = new Complaint(shell);
    if (reported instanceof UnresolvedReferenceException unresolved) {
      return complaint.about(unresolved, places);
    }
    if (reported instanceof EvalException translated && exception != null) {
      return CellFailure.ofException(exception, lines(shell, exception, translated));
    }
    boolean isUnusable =
        event.status() == Snippet.Status.REJECTED
            || event.status() == Snippet.Status.RECOVERABLE_NOT_DEFINED;
    return isUnusable ? complaint.about(event.snippet(), place) : null;
  }

  /** Not every kernel tells JShell of the causes of an exception. */
  private List<String> lines(JShell shell, Throwable exception, EvalException reported) {
    boolean isWhole = exception.getCause() == null || reported.getCause() != null;
    Throwable known = isWhole ? reported : ShellInsides.translated(shell, exception);
    return trace.lines(exception, known == null ? reported : known);
  }

  private @Nullable Object valueOf(VarSnippet variable) {
    String name = classes.get(variable.id());
    ClassLoader notebook = loader;
    if (name == null || notebook == null) {
      return null;
    }
    try {
      Field field = Class.forName(name, true, notebook).getDeclaredField(variable.name());
      field.setAccessible(true);
      return field.get(null);
    } catch (ReflectiveOperationException | LinkageError e) {
      return null; // declared, but its class could not come
    }
  }

  /** What is wrong with the last snippet; null if nothing is, or if it never came so far. */
  public @Nullable CellFailure failure() {
    return failure;
  }

  /** The value of the last snippet. */
  public @Nullable Object result() {
    return result;
  }

  /** What the cell since {@link #begin} left behind. */
  public CellEffects end() {
    cell = null;
    List<Variable> touched = variables == null ? List.of() : variables.touched();
    result = null;
    return new CellEffects(touched, takeJars(), flow.end());
  }
}
