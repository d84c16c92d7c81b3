package reprise.reproducer.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import reprise.reproducer.bundle.BundleFile;
import reprise.reproducer.evidence.Evidence;
import reprise.reproducer.replay.Secrets;

/** What lies beside a kept workspace: the record as a bundle, and the command that replays it. */
final class KeptReplay {
  private static final String SCRIPT =
      """
      #!/usr/bin/env bash
      # Repeats the replay whose workspace lies beside this file. It asks no server.
      set -euo pipefail
      here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
      export REPRISE_URL=http://127.0.0.1:1 REPRISE_HOME="${REPRISE_HOME-$here/home}"
      exec "${REPRISE_COMMAND-%s}" replay "$here/run.zip"%s "$@"
      """;

  private KeptReplay() {}

  static void write(Evidence evidence, List<String> options, Path into, Consumer<String> progress)
      throws IOException {
    Files.createDirectories(into);
    BundleFile.write(evidence, true, into.resolve("run.zip"), progress);
    Path script = into.resolve("run.sh");
    Files.writeString(script, SCRIPT.formatted(command(), quoted(options)));
    if (!script.toFile().setExecutable(true)) {
      throw new IOException(script + " cannot be made executable; run it by 'bash run.sh'.");
    }
    Files.writeString(into.resolve("README.md"), readMe(evidence));
  }

  private static String command() {
    return System.getProperty("reprise.command", "reprise");
  }

  private static String quoted(List<String> options) {
    return options.stream()
        .map(word -> " '" + word.replace("'", "'\\''") + "'")
        .collect(Collectors.joining());
  }

  private static String readMe(Evidence evidence) {
    Set<String> secrets = Secrets.wanted(evidence.run());
    String told = secrets.stream().map(name -> " -p " + name + "=…").collect(Collectors.joining());
    return "`./run.sh%s` replays run %s again, without a server; what the replay left is in `workspace`.%n"
        .formatted(told, evidence.run().run());
  }
}
