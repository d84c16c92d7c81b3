package reprise.extension.session;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import reprise.Reprise;
import reprise.extension.agent.Agent;
import reprise.extension.agent.FileHooks;
import reprise.extension.capture.OurJars;
import reprise.extension.cell.CellListener;
import reprise.extension.chance.Pinning;
import reprise.extension.kernel.KernelSpec;

/** Starts the kernel for a Jupyter client, recorded if the JVM has the agent. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    boolean rehearses = List.of(arguments).contains(KernelSpec.REHEARSE);
    if (arguments.length != 1 || (!Agent.present() && !rehearses)) {
      finish(reprise.extension.kernel.Main.run(arguments, CellListener.NONE));
      return;
    }
    Map<String, String> environment = rehearses ? nowhere() : System.getenv();
    if (rehearses) {
      Agent.rest();
      FileHooks.rehearse();
      Pinning.rehearse();
    }
    PendingRecording recording =
        new PendingRecording(
            complaint -> beginning(Path.of(arguments[0]), environment).recording(complaint));
    String problem = reprise.extension.kernel.Main.run(arguments, recording);
    recording.end("shutdown");
    finish(problem);
  }

  private static Beginning beginning(Path connectionFile, Map<String, String> environment) {
    return new Beginning(
        connectionFile, environment, "reprise " + Reprise.VERSION, List.of(), OurJars.now());
  }

  /** A rehearsal is recorded too, so that it loads the same classes, but for no server. */
  private static Map<String, String> nowhere() {
    String home = Path.of("home").toAbsolutePath().toString();
    return Map.of("REPRISE_HOME", home, "REPRISE_URL", "http://127.0.0.1:1");
  }

  private static void finish(@Nullable String problem) {
    if (problem != null) {
      System.err.println(problem);
    }
    System.exit(problem == null ? 0 : 2); // threads that cells have left behind end here
  }
}
