package reprise.reproducer.export;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import reprise.ledger.Environment;
import reprise.ledger.Masked;
import reprise.ledger.Run;
import reprise.reproducer.evidence.Evidence;

/** A folder with all that the JDK's own {@code jshell} needs to print the same text again. */
final class JshellExport implements Export {
  @Override
  public List<String> write(Evidence evidence, ExportOrder order) throws IOException {
    try (Draft draft = Draft.folder(order)) {
      Run run = evidence.run();
      JshellFiles files = new JshellFiles(evidence, draft.path());
      JshellScript script = JshellScript.of(run, files.paths());
      files.copy();
      text(draft, "run.jsh", script.source());
      text(draft, "expected.txt", script.expected());
      text(draft, "classpath.txt", String.join("", files.classPath()));
      List<String> remarks = new ArrayList<>(files.remarks());
      remarks.addAll(script.remarks());
      text(draft, "README.md", readme(run, remarks));
      Path start = text(draft, "run.sh", start(run.environment(), files.paths()));
      if (!start.toFile().setExecutable(true)) {
        remarks.add("Start it with 'sh run.sh', for run.sh could not be made executable.");
      }
      draft.finish();
      return remarks;
    }
  }

  private static Path text(Draft draft, String name, String text) throws IOException {
    return Files.writeString(draft.path().resolve(name), text, StandardCharsets.UTF_8);
  }

  private static String readme(Run run, List<String> remarks) {
    StringBuilder text = new StringBuilder();
    text.append("# ").append(run.experiment()).append(", ").append(run.run()).append("\n\n");
    text.append(
        "Start it with `sh run.sh`; it needs nothing but a JDK 17 or newer on the path, or");
    text.append(
        " `JSHELL=/path/to/jshell sh run.sh`. It prints what stands in `expected.txt`: what");
    text.append(" the cells printed, and the results below them.\n");
    text.append("The run was made with Java %s.\n".formatted(run.environment().jdk().version()));
    if (!remarks.isEmpty()) {
      text.append("\nNot all of it comes out the same:\n\n");
      remarks.forEach(remark -> text.append("- ").append(remark).append('\n'));
    }
    return text.toString();
  }

  private static String start(Environment recorded, JshellPaths paths) {
    StringBuilder text = new StringBuilder();
    text.append("#!/bin/sh\n# Executes the run with the JDK's own jshell.\nset -e\n");
    text.append("here=$(cd \"$(dirname \"$0\")\" && pwd)\n");
    text.append(
        "classpath=$(sed \"s|^lib/|$here/lib/|\" \"$here/classpath.txt\" | paste -s -d: -)\n");
    for (Map.Entry<String, String> each : new TreeMap<>(recorded.variables()).entrySet()) {
      if (Masked.names(each.getValue()).isEmpty() && each.getKey().matches("\\w+")) {
        text.append("export %s=%s\n".formatted(each.getKey(), quoted(each.getValue())));
      }
    }
    text.append("cd \"$here\"/").append(quoted(paths.work().toString())).append('\n');
    text.append(
        "exec \"${JSHELL:-jshell}\" -s --no-startup ${classpath:+--class-path \"$classpath\"}");
    java.util.Locale locale = java.util.Locale.forLanguageTag(recorded.locale());
    List<String> properties =
        List.of(
            "user.language=" + locale.getLanguage(),
            "user.country=" + locale.getCountry(),
            "user.timezone=" + recorded.zone(),
            "file.encoding=" + recorded.encoding());
    for (String property : properties) {
      text.append(" \\\n  ").append(quoted("-R-D" + property));
    }
    text.append(" \\\n  -J-Dfile.encoding=UTF-8 -J-Dstdout.encoding=UTF-8 \"$here/run.jsh\"\n");
    return text.toString();
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }
}
