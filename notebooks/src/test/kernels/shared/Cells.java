package small;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import jdk.jshell.JShell;
import jdk.jshell.JShellException;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;
import jdk.jshell.execution.DirectExecutionControl;
import jdk.jshell.spi.ExecutionControl;
import jdk.jshell.spi.ExecutionControlProvider;
import jdk.jshell.spi.ExecutionEnv;

/** JShell as the kernels of IJava's family drive it: on a pool of threads, results by their id. */
public final class Cells {
  private final Control control;
  private final JShell shell;

  /**
   * @param onAPool whether each snippet has a thread of a pool, or all that of the kernel
   * @param elsewhere whether snippets are executed in a JVM of their own
   */
  public Cells(boolean onAPool, boolean elsewhere) {
    control = new Control(onAPool);
    JShell.Builder builder = JShell.builder().out(System.out);
    shell = (elsewhere ? builder : builder.executionEngine(new Here(), Map.of())).build();
    for (String name : List.of("java.io.*", "java.math.*", "java.util.*", "static small.Show.*")) {
      shell.eval("import " + name + ";");
    }
    String more = System.getenv("SMALL_CLASSPATH");
    if (more != null) {
      shell.addToClasspath(more);
    }
  }

  /** What the last snippet of a cell gives. */
  public Object run(String source) throws Exception {
    Object result = null;
    for (String rest = source; !rest.isBlank(); ) {
      CompletionInfo next = shell.sourceCodeAnalysis().analyzeCompletion(rest);
      result = evaluated(next.completeness().isComplete() ? next.source() : rest);
      rest = next.completeness().isComplete() ? next.remaining() : "";
    }
    return result;
  }

  /** Interrupts the snippet that is executed. */
  public void stop() {
    Thread busy = control.busy;
    if (busy != null) {
      busy.interrupt();
    }
  }

  private Object evaluated(String snippet) throws Exception {
    Object result = null;
    for (SnippetEvent event : shell.eval(snippet)) {
      JShellException thrown = event.exception();
      if (thrown != null) {
        throw thrown;
      }
      if (event.status() == Snippet.Status.REJECTED) {
        throw new IllegalArgumentException("does not compile: " + snippet);
      }
      boolean isExpression = event.snippet().kind() == Snippet.Kind.EXPRESSION
          || event.snippet().subKind() == Snippet.SubKind.TEMP_VAR_EXPRESSION_SUBKIND;
      if (event.value() != null && isExpression) {
        result = control.results.getOrDefault(event.value(), event.value());
      }
    }
    return result;
  }

  private static final class Control extends DirectExecutionControl {
    private final Map<String, Object> results = new ConcurrentHashMap<>();
    private final AtomicInteger ids = new AtomicInteger();
    private final boolean onAPool;
    private volatile Thread busy;
    private final ExecutorService pool =
        Executors.newCachedThreadPool(
            task -> {
              Thread thread = new Thread(task, "snippets");
              thread.setDaemon(true);
              return thread;
            });

    Control(boolean onAPool) {
      this.onAPool = onAPool;
    }

    @Override
    protected String invoke(Method snippet) throws Exception {
      String id = "result " + ids.incrementAndGet();
      Object result = onAPool ? inPool(snippet) : here(snippet);
      if (result != null) {
        results.put(id, result);
      }
      return id;
    }

    private Object here(Method snippet) throws Exception {
      busy = Thread.currentThread();
      try {
        return snippet.invoke(null);
      } finally {
        busy = null;
      }
    }

    private Object inPool(Method snippet) throws Exception {
      try {
        return pool.submit(() -> here(snippet)).get();
      } catch (ExecutionException e) {
        throw e.getCause() instanceof InvocationTargetException thrown ? thrown : e;
      }
    }
  }

  private final class Here implements ExecutionControlProvider {
    @Override
    public String name() {
      return "here";
    }

    @Override
    public ExecutionControl generate(ExecutionEnv environment, Map<String, String> parameters) {
      return control;
    }
  }
}
