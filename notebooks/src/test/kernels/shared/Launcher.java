package small;

import java.util.ArrayList;
import java.util.List;

/** Starts a kernel in a JVM of its own, as JJava's launcher does. */
public final class Launcher {
  private Launcher() {}

  public static void main(String[] arguments) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-cp",
                System.getProperty("java.class.path"),
                "small.Kernel"));
    command.addAll(List.of(arguments));
    System.exit(new ProcessBuilder(command).inheritIO().start().waitFor());
  }
}
