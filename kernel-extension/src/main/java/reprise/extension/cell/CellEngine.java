package reprise.extension.cell;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jdk.jshell.JShell;
import jdk.jshell.JShellException;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;
import jdk.jshell.UnresolvedReferenceException;
import jdk.jshell.VarSnippet;
import jdk.jshell.spi.ExecutionControl;
import jdk.jshell.spi.ExecutionControlProvider;
import jdk.jshell.spi.ExecutionEnv;
import org.jspecify.annotations.Nullable;
import reprise.extension.agent.ChanceHooks;
import reprise.ledger.Pipeline;

/**
 * Executes Java source of cells, one after another, on the thread that asks. Whoever records and
 * whoever replays must go through this same engine, or their results could differ by themselves.
 */
public final class CellEngine implements AutoCloseable {
  private static final List<String> IMPORTS =
      List.of(
          "java.io.*",
          "java.math.*",
          "java.net.*",
          "java.util.*",
          "java.util.concurrent.*",
          "java.util.function.*",
          "java.util.prefs.*",
          "java.util.regex.*",
          "java.util.stream.*",
          "io.github.spencerpark.ijava.*",
          "io.github.spencerpark.ijava.runtime.*",
          "static io.github.spencerpark.ijava.runtime.Display.*",
          "static io.github.spencerpark.ijava.runtime.Kernel.*",
          "static io.github.spencerpark.ijava.runtime.Magics.*");
  private static final Pattern IJAVA =
      Pattern.compile(
          "^(import\\s+(?:static\\s+)?)io\\.github\\.spencerpark\\.jupyter\\.(?!kernel\\.magic\\.registry)");
  private static final Pattern PACKAGE = Pattern.compile("(?m)^[ \\t]*package\\s+[\\w.]+\\s*;");

  private final UserClasses classes;
  private final DataFlow flow = new DataFlow();
  private final SnippetExecution execution;
  private final Map<String, Place> places = new HashMap<>();
  private final List<AddedJar> added = new CopyOnWriteArrayList<>();
  private final JShell shell;
  private final SourceCodeAnalysis analysis;
  private final Numbers numbers;
  private final Variables variables;
  private final Complaint complaint;
  private final Trace trace;
  private @Nullable ClassPath classPath;

  private final List<AddedJar> jars = new CopyOnWriteArrayList<>();
  private String label = "cell";
  private @Nullable Thread running;
  private long youngest;
  private boolean interrupted;
  private boolean compiling;

  /**
   * Starts JShell.
   *
   * @param listener told of each class that a cell brings into the JVM, and when its code runs
   */
  public CellEngine(CellListener listener) {
    classes = new UserClasses(listener::loaded, flow);
    numbers = new Numbers(flow);
    execution =
        new SnippetExecution(
            classes,
            now -> {
              listener.executing(!now);
              compiling(now);
            });
    shell =
        JShell.builder()
            .executionEngine(new Here(), Map.of())
            .tempVariableNameGenerator(numbers::nextResult)
            .fileManager(files -> classPath = new ClassPath(files))
            .build();
    analysis = shell.sourceCodeAnalysis();
    variables = new Variables(shell, this::value);
    complaint = new Complaint(shell);
    trace = new Trace(places);
    flow.counted(shell.eval(imports()));
  }

  /**
   * JShell takes a text that begins with an import for one snippet, and puts it as it is above all
   * that follows. One by one, they cost a third of the kernel's start. The blanks keep it from
   * reading the first name as the snippet's own: a cell that imports the same would replace all.
   */
  private static String imports() {
    return IMPORTS.stream()
        .map(name -> "import " + name.replace(".", " . ") + ";")
        .collect(Collectors.joining("\n"));
  }

  private @Nullable Object value(VarSnippet variable) {
    shell.varValue(variable);
    return execution.takeResult();
  }

  /** The loader of everything that cells define or load. */
  public ClassLoader classes() {
    return classes;
  }

  public Assistant assistant() {
    return new Assistant(analysis);
  }

  /** Makes ready for a cell; {@code name} is what tracebacks call it. */
  public void begin(CellRequest cell) {
    label = cell.label();
    variables.begin();
    flow.begin();
    added.clear();
    begin();
  }

  /** Makes ready for something that is no step of the session, such as a look at a variable. */
  public void beginAside(CellRequest expression) {
    label = expression.label();
    variables.begin();
    flow.beginAside();
    added.clear();
    begin();
  }

  private synchronized void begin() {
    running = Thread.currentThread();
    compiling = false;
    youngest = new Thread().getId();
    interrupted = false;
  }

  /** Goes on as if steps had been executed that are left out. */
  public void leaveOut(Pipeline.Gap gap) {
    numbers.leaveOut(gap, shell);
  }

  /** What the cell since {@link #begin} left behind. */
  public CellEffects end() {
    finish();
    classPath().calm();
    variables.forgetResults();
    return new CellEffects(variables.touched(), added, flow.end());
  }

  private synchronized void finish() {
    running = null;
    Cancel.end();
    Thread.interrupted();
  }

  /** Stops the cell that is running, if one is; the session and its variables stay. */
  public synchronized void interrupt() {
    if (running != null) {
      interrupted = true;
      Cancel.begin(running, youngest);
      if (!compiling) {
        running.interrupt();
      }
    }
  }

  /**
   * Says that the compiler works from now on, or the notebook's own code again. An interrupted
   * thread would close the jars that the compiler reads, so it is kept from it until then.
   *
   * @return what held before
   */
  private synchronized boolean compiling(boolean now) {
    boolean before = compiling;
    compiling = now;
    ChanceHooks.heed(!now);
    if (now) {
      Thread.interrupted();
    } else if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return before;
  }

  /** Puts a jar or class folder on the class path of the cells that follow. */
  public void add(AddedJar jar) {
    Path place = jar.path().toAbsolutePath().normalize();
    if (classPath().add(place)) {
      shell.addToClasspath(place.toString());
      AddedJar laid = new AddedJar(place, jar.coordinates());
      added.add(laid);
      jars.add(laid);
    }
  }

  private ClassPath classPath() {
    ClassPath path = classPath;
    if (path == null) {
      throw new IllegalStateException("the engine has not started");
    }
    return path;
  }

  /** All that was put on the class path in this session. */
  public List<AddedJar> jars() {
    return List.copyOf(jars);
  }

  /** Executes {@code task}, and calls the code that it executes {@code name} in tracebacks. */
  public <T extends @Nullable Object> T within(String name, Supplier<T> task) {
    String outer = label;
    label = name;
    try {
      return task.get();
    } finally {
      label = outer;
    }
  }

  /** The source of what stands in the session: of imports, vars, methods or types. */
  public List<String> declared(String kind) {
    Stream<? extends Snippet> declared =
        switch (kind) {
          case "imports" -> shell.imports();
          case "vars" -> shell.variables().filter(Variables::named);
          case "methods" -> shell.methods();
          default -> shell.types();
        };
    return declared.map(snippet -> snippet.source().strip()).toList();
  }

  /**
   * Executes {@code source} snippet by snippet and returns the value of the last one, null if it
   * has none. What stands before a failing snippet keeps its effect.
   *
   * @param cell the whole text that people see in the cell
   * @param offset where in it {@code source} begins
   */
  public @Nullable Object run(String source, String cell, int offset) throws CellFailure {
    boolean before = compiling(true);
    try {
      return compileAndRun(source, cell, offset);
    } finally {
      compiling(before);
    }
  }

  private @Nullable Object compileAndRun(String source, String cell, int offset) {
    String text = PACKAGE.matcher(source).replaceAll(found -> " ".repeat(found.group().length()));
    List<Unfinished> unfinished = new ArrayList<>();
    List<Unit> statements = new ArrayList<>();
    Object result = null;
    for (String rest = code(text); !rest.isEmpty(); ) {
      CompletionInfo next = analysis.analyzeCompletion(rest);
      boolean whole = next.completeness().isComplete();
      Unit unit =
          new Unit(
              whole ? next.source() : rest,
              text.length() - rest.length(),
              new Place(label, cell, offset + text.length() - rest.length()));
      rest = whole ? code(next.remaining()) : "";
      if (Statement.is(unit.source, rest.isEmpty())) {
        statements.add(unit);
        result = null;
      } else {
        runTogether(statements, text, unfinished);
        result = evaluate(unit, unfinished);
      }
    }
    runTogether(statements, text, unfinished);
    unfinished.forEach(this::insist);
    return result;
  }

  /** Runs consecutive statements as one block; or one by one, if the compiler wants it so. */
  private void runTogether(List<Unit> statements, String text, List<Unfinished> unfinished) {
    if (statements.isEmpty()) {
      return;
    }
    stopIfInterrupted();
    Unit first = statements.get(0);
    Unit last = statements.get(statements.size() - 1);
    String block = "{" + text.substring(first.start, last.start) + last.source + "\n}";
    List<SnippetEvent> events = shell.eval(block);
    if (events.size() == 1 && events.get(0).status() == Snippet.Status.REJECTED) {
      statements.forEach(each -> evaluate(each, unfinished));
    } else {
      outcome(events, first.place, unfinished);
    }
    statements.clear();
  }

  /** JShell counts a snippet's lines from its first word, so snippets begin with one. */
  private static String code(String text) {
    int at = 0;
    while (at < text.length()) {
      int next = afterBlank(text, at);
      if (next == at) {
        break;
      }
      at = next;
    }
    return text.substring(at);
  }

  /**
   * Where the blank, comment or empty statement at {@code at} ends; {@code at} if there is none.
   */
  private static int afterBlank(String text, int at) {
    if (Character.isWhitespace(text.charAt(at)) || text.charAt(at) == ';') {
      return at + 1;
    }
    boolean line = text.startsWith("//", at);
    if (!line && !text.startsWith("/*", at)) {
      return at;
    }
    int end = line ? text.indexOf('\n', at) : text.indexOf("*/", at + 2);
    if (end < 0) {
      return line ? text.length() : at;
    }
    return line ? end + 1 : end + 2;
  }

  private @Nullable Object evaluate(Unit unit, List<Unfinished> unfinished) {
    stopIfInterrupted();
    List<SnippetEvent> events = shell.eval(translated(unit.source));
    if (events.isEmpty()) {
      throw Complaint.unclosed(unit.place);
    }
    return outcome(events, unit.place, unfinished);
  }

  private @Nullable Object outcome(
      List<SnippetEvent> events, Place place, List<Unfinished> unfinished) {
    Object result = null;
    flow.evaluated(events);
    for (SnippetEvent event : events) {
      places.put(event.snippet().id(), place);
    }
    for (SnippetEvent event : events) {
      if (event.causeSnippet() == null) {
        result = outcome(event, place, unfinished);
      }
    }
    return result;
  }

  /** Imports of IJava's library lead to that of its successor, which has the same classes. */
  private static String translated(String source) {
    return source.startsWith("import")
        ? IJAVA.matcher(source).replaceAll("$1org.dflib.jjava.jupyter.")
        : source;
  }

  private @Nullable Object outcome(SnippetEvent event, Place place, List<Unfinished> unfinished) {
    Object result = execution.takeResult();
    Throwable thrown = execution.takeThrown();
    if (event.exception() != null) {
      throw failure(event.exception(), thrown);
    }
    Snippet snippet = event.snippet();
    if (event.status() == Snippet.Status.REJECTED) {
      throw complaint.about(snippet, place);
    }
    if (event.status() == Snippet.Status.RECOVERABLE_NOT_DEFINED) {
      unfinished.add(new Unfinished(snippet, place));
    }
    variables.declared(snippet, place);
    return hasValue(snippet) ? result : null;
  }

  private static boolean hasValue(Snippet snippet) {
    return switch (snippet.subKind()) {
      case VAR_VALUE_SUBKIND, OTHER_EXPRESSION_SUBKIND, TEMP_VAR_EXPRESSION_SUBKIND -> true;
      default -> false;
    };
  }

  /** A type may name another that stands further down in the cell, not one that never comes. */
  private void insist(Unfinished open) {
    if (shell.status(open.snippet) == Snippet.Status.RECOVERABLE_NOT_DEFINED) {
      throw complaint.about(open.snippet, open.place);
    }
  }

  private CellFailure failure(JShellException reported, @Nullable Throwable thrown) {
    stopIfInterrupted();
    if (reported instanceof UnresolvedReferenceException unresolved) {
      return complaint.about(unresolved, places);
    }
    if (thrown == null) {
      return CellFailure.of("InternalError", String.valueOf(reported.getMessage()));
    }
    return CellFailure.ofException(thrown, trace.lines(thrown, reported));
  }

  /** Tells of something that was thrown outside a snippet, such as while its result was shown. */
  public CellFailure failure(Throwable thrown) {
    synchronized (this) {
      if (interrupted) {
        return CellFailure.ofInterrupt();
      }
    }
    return CellFailure.ofException(thrown, trace.lines(thrown));
  }

  private synchronized void stopIfInterrupted() {
    if (interrupted) {
      throw CellFailure.ofInterrupt();
    }
  }

  @Override
  public void close() {
    shell.close();
  }

  /** A snippet's source, and where it stands in the text and in the cell. */
  private record Unit(String source, int start, Place place) {}

  /** A snippet that waits for something to be declared. */
  private record Unfinished(Snippet snippet, Place place) {}

  /** Lets JShell execute in this JVM. */
  private final class Here implements ExecutionControlProvider {
    @Override
    public String name() {
      return "here";
    }

    @Override
    public ExecutionControl generate(ExecutionEnv environment, Map<String, String> parameters) {
      return execution;
    }
  }
}
