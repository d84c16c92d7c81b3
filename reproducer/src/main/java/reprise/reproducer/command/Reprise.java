package reprise.reproducer.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import reprise.ledger.AlertChannel;
import reprise.ledger.JobName;
import reprise.reproducer.notebook.NotAJavaNotebook;
import reprise.reproducer.replay.NotOfThisRun;

/** The command line as a whole: which commands there are, and what becomes of their failures. */
@Command(
    name = "reprise",
    version = "reprise 0.1.0",
    mixinStandardHelpOptions = true,
    description = "Records every cell you run in a Java notebook, and plays any of it again.",
    subcommands = {
      DemoCommand.class,
      RunCommand.class,
      RunsCommand.class,
      ShowCommand.class,
      ReplayCommand.class,
      SweepCommand.class,
      DiffCommand.class,
      ExplainCommand.class,
      ExportCommand.class,
      ImportCommand.class,
      AdviseCommand.class,
      PromoteCommand.class,
      JobCommand.class,
      AttemptCommand.class,
      DoctorCommand.class,
      GcCommand.class,
      CommandLine.HelpCommand.class
    },
    footer = {
      "",
      "  server   the tracking server and its pages (reprise server --help)",
      "  kernel   installs the Java kernel into Jupyter (reprise kernel install --help)",
      "",
      "REPRISE_URL, REPRISE_HOME and REPRISE_TOKEN say which server, folder and token to use."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:same, or done",
      "1:diverged, or a cell failed",
      "2:usage",
      "3:could not run"
    })
public final class Reprise implements Runnable {
  static final int DONE = 0;
  static final int DIFFERENT = 1;
  static final int USAGE = 2;
  static final int COULD_NOT_RUN = 3;

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Override
  public void run() {
    throw new CommandLine.ParameterException(
        spec.commandLine(),
        "Which command? One of: demo, server, kernel, run, runs, show, replay, sweep, export, import, promote, job.");
  }

  /** Ends the JVM with the command's exit code. */
  public static void main(String[] arguments) {
    System.exit(exitCode(arguments));
  }

  private static int exitCode(String... arguments) {
    try {
      return commandLine().execute(arguments);
    } catch (OutOfMemoryError e) {
      System.err.println(
          "This takes more memory than Reprise was given; give it more,"
              + " for example with JAVA_TOOL_OPTIONS=-Xmx4g.");
      return COULD_NOT_RUN; // what a JVM ends with by itself means that something diverged
    }
  }

  static CommandLine commandLine() {
    return new CommandLine(new Reprise())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .registerConverter(JobName.class, written -> read(written, JobName::new))
        .registerConverter(AlertChannel.class, written -> read(written, AlertChannel::new))
        .setExecutionExceptionHandler(
            (exception, commandLine, parsed) -> {
              commandLine.getErr().println(sentence(exception));
              return exception instanceof NotOfThisRun ? USAGE : COULD_NOT_RUN;
            });
  }

  /** The sentence of a type that refuses is for people; picocli would add its own. */
  private static <T> T read(String written, Function<String, T> type) {
    try {
      return type.apply(written);
    } catch (IllegalArgumentException e) {
      throw new CommandLine.TypeConversionException(e.getMessage());
    }
  }

  /** What went wrong, for a person; only what nobody foresaw comes with its stack. */
  private static String sentence(Exception exception) {
    boolean foreseen =
        exception instanceof IOException
            || exception instanceof NotAJavaNotebook
            || exception instanceof NotOfThisRun
            || exception instanceof IllegalArgumentException
            || exception instanceof IllegalStateException
            || exception instanceof UncheckedIOException;
    String message = exception.getMessage();
    if (foreseen && message != null) {
      return message;
    }
    java.io.StringWriter stack = new java.io.StringWriter();
    exception.printStackTrace(new java.io.PrintWriter(stack));
    return "Something went wrong that should not have; please report it:\n" + stack;
  }
}
