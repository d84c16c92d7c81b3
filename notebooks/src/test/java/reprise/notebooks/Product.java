package reprise.notebooks;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import reprise.ledger.Home;
import reprise.ledger.TrackingClient;
import reprise.ledger.Wire;

/** The built product as a person has it: the command, a server, a home of its own. */
final class Product implements AutoCloseable {
  private static final Path ROOT = Path.of(System.getProperty("reprise.root"));

  private final Map<String, String> variables = new LinkedHashMap<>();
  private final Path home;
  private @Nullable Process server;

  Product(Path home) {
    this.home = home;
    variables.put("REPRISE_HOME", home.toString());
    variables.put("REPRISE_LIB", System.getProperty("reprise.lib"));
    variables.put("JAVA_HOME", System.getProperty("java.home"));
    String options = System.getProperty("reprise.test.jvm-options", "");
    variables.put("REPRISE_JVM_OPTIONS", options);
    variables.put("REPRISE_SERVER_OPTIONS", "-XX:+UseSerialGC " + options);
  }

  /** What a command said and how it ended. */
  record Said(int exitCode, String out, String err) {
    JsonNode json() {
      try {
        return Wire.JSON.readTree(out);
      } catch (IOException e) {
        throw new UncheckedIOException("not JSON: " + out + err, e);
      }
    }
  }

  Home home() {
    return new Home(home);
  }

  Map<String, String> variables() {
    return variables;
  }

  Product with(String variable, String value) {
    variables.put(variable, value);
    return this;
  }

  /** Starts a server on this home; on a free port unless {@code port} says which. */
  Product serve(int port) throws IOException {
    return serve(port, "off");
  }

  /**
   * Starts a server that replays by itself.
   *
   * @param verify seconds of quiet before it does, or off
   * @param more words that it is started with
   */
  Product serve(int port, String verify, String... more) throws IOException {
    List<String> words =
        Stream.concat(
                Stream.of(command(), "server", "--port", String.valueOf(port), "--verify", verify),
                Stream.of(more))
            .toList();
    ProcessBuilder builder = builder(ROOT, words);
    Process started = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    server = started;
    BufferedReader out = started.inputReader(StandardCharsets.UTF_8);
    String line = out.readLine();
    if (line == null || !line.contains("?token=")) {
      throw new IOException("the server did not start: " + line);
    }
    URI entrance = URI.create(line.substring(line.indexOf("http")));
    variables.put("REPRISE_URL", "http://127.0.0.1:" + entrance.getPort());
    variables.put("REPRISE_TOKEN", entrance.getQuery().substring("token=".length()));
    return this;
  }

  int port() {
    return URI.create(String.valueOf(variables.get("REPRISE_URL"))).getPort();
  }

  TrackingClient client() {
    return TrackingClient.of(variables);
  }

  /** As if the machine had lost power. */
  void killServer() throws InterruptedException {
    Process running = server;
    if (running != null) {
      running.descendants().forEach(ProcessHandle::destroyForcibly);
      running.destroyForcibly().waitFor();
      server = null;
    }
  }

  /** What the server has started, and what that has. */
  List<ProcessHandle> children() {
    Process running = server;
    return running == null ? List.of() : running.descendants().toList();
  }

  /** What the server has started is left to itself. */
  void killServerAlone() throws InterruptedException {
    Process running = server;
    if (running != null) {
      running.destroyForcibly().waitFor();
      server = null;
    }
  }

  /** The server's. */
  long pid() {
    Process running = server;
    return running == null ? -1 : running.pid();
  }

  /** Has the server stand still, or go on. */
  void signalServer(String signal) throws IOException, InterruptedException {
    Process running = server;
    if (running != null) {
      new ProcessBuilder("kill", "-" + signal, String.valueOf(running.pid())).start().waitFor();
    }
  }

  Said reprise(Path directory, String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(command()));
    command.addAll(Arrays.asList(arguments));
    return run(directory, command);
  }

  Said run(Path directory, List<String> command) throws IOException, InterruptedException {
    Path out = Files.createTempFile("out", ".txt");
    Path err = Files.createTempFile("err", ".txt");
    try {
      Process process =
          builder(directory, command)
              .redirectOutput(out.toFile())
              .redirectError(err.toFile())
              .start();
      if (!process.waitFor(5, TimeUnit.MINUTES)) {
        process.destroyForcibly();
        throw new IOException(command + " does not end: " + Files.readString(err));
      }
      return new Said(process.exitValue(), Files.readString(out), Files.readString(err));
    } finally {
      Files.delete(out);
      Files.delete(err);
    }
  }

  ProcessBuilder builder(Path directory, List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("REPRISE_"));
    builder.environment().putAll(variables);
    return builder;
  }

  static String command() {
    return ROOT.resolve("bin/reprise").toString();
  }

  /** A copy of an example's folder, to be run and spoilt. */
  static Path copyOfExample(String name, Path into) throws IOException {
    Path from = ROOT.resolve("notebooks").resolve(name);
    Path copy = Files.createDirectories(into.resolve(name));
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, copy.resolve(file.getFileName()));
      }
    }
    return copy;
  }

  @Override
  public void close() {
    try {
      killServer();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
