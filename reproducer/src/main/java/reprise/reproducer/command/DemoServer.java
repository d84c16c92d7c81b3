package reprise.reproducer.command;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import reprise.reproducer.execution.Installation;

/** A tracking server in a process of its own, on a free port. */
final class DemoServer implements AutoCloseable {
  private static final Pattern ADDRESS = Pattern.compile("(http://\\S+?)/?\\?token=(\\S+)");

  private final Process process;
  private final Path home;
  private final URI url;
  private final String token;

  private DemoServer(Process process, Path home, URI url, String token) {
    this.process = process;
    this.home = home;
    this.url = url;
    this.token = token;
  }

  static DemoServer start(Path home, Installation installation, String replayCommand)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                installation.classPath("tracking-server"),
                "reprise.server.Main",
                "--port",
                "0",
                "--home",
                home.toString(),
                "--replay-command",
                replayCommand));
    builder.environment().remove("REPRISE_TOKEN");
    Process process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
    BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      Matcher found = ADDRESS.matcher(line);
      if (found.find()) {
        return new DemoServer(process, home, URI.create(found.group(1)), found.group(2));
      }
    }
    throw new IOException("The tracking server did not start.");
  }

  /** An environment whose commands speak to this server. */
  Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>(System.getenv());
    environment.put("REPRISE_HOME", home.toString());
    environment.put("REPRISE_URL", url.toString());
    environment.put("REPRISE_TOKEN", token);
    return environment;
  }

  /** The address of a page, with the token that opens it. */
  String page(String path) {
    return url + path + "?token=" + token;
  }

  void await() throws InterruptedException {
    process.waitFor();
  }

  @Override
  public void close() {
    process.destroy();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
