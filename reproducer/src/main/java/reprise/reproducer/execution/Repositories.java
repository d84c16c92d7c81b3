package reprise.reproducer.execution;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The Maven repositories that a person uses, asked by a process of the kernel's own library. */
public final class Repositories {
  private static final long LONGEST_MINUTES = 10;

  private final Installation installation;

  public Repositories(Installation installation) {
    this.installation = installation;
  }

  /**
   * Fetches jars.
   *
   * @param coordinates {@code group:artifact:version}
   * @param others addresses of repositories besides the usual ones, by name
   * @param into a folder for nothing else
   * @return where each lies that could be had, whatever its bytes are
   */
  public Map<String, Path> fetch(
      Collection<String> coordinates, Map<String, String> others, Path into) throws IOException {
    List<String> command =
        new ArrayList<>(Installation.java(Path.of(System.getProperty("java.home"))));
    command.add("-cp");
    command.add(installation.classPath("kernel-extension"));
    command.add("reprise.extension.magic.Fetch");
    command.add(into.toString());
    others.forEach((name, address) -> command.add(name + "=" + address));
    command.addAll(coordinates);
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    try {
      return answers(process);
    } finally {
      process.destroyForcibly();
    }
  }

  private static Map<String, Path> answers(Process process) throws IOException {
    Map<String, Path> found = new LinkedHashMap<>();
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        int tab = line.indexOf('\t');
        if (tab > 0) {
          found.put(line.substring(0, tab), Path.of(line.substring(tab + 1)));
        }
      }
      process.waitFor(LONGEST_MINUTES, TimeUnit.MINUTES);
      return found;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while jars were fetched", e);
    }
  }
}
