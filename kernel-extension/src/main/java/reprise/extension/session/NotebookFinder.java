package reprise.extension.session;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import reprise.ledger.Notebook;
import reprise.ledger.Wire;

/**
 * Finds out which notebook a kernel was started for. Jupyter does not tell a kernel; newer servers
 * put the path into {@code JPY_SESSION_NAME}, older ones can be asked for their sessions, and
 * clients such as nbclient know of no notebook at all.
 */
final class NotebookFinder {
  private static final Pattern KERNEL_ID = Pattern.compile("kernel-(.+)\\.json");
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final Map<String, String> environment;
  private final Path workingDirectory;
  private final Path connectionFile;

  NotebookFinder(Map<String, String> environment, Path workingDirectory, Path connectionFile) {
    this.environment = environment;
    this.workingDirectory = workingDirectory;
    this.connectionFile = connectionFile;
  }

  Notebook find() {
    return named("REPRISE_NOTEBOOK")
        .or(() -> named("JPY_SESSION_NAME"))
        .or(this::fromServers)
        .orElseGet(
            () ->
                new Notebook(
                    null,
                    "The client did not say which notebook this is; set REPRISE_NOTEBOOK to its"
                        + " path."));
  }

  private Optional<Notebook> named(String variable) {
    String path = environment.get(variable);
    if (path == null || !path.endsWith(".ipynb")) {
      return Optional.empty();
    }
    Path absolute = workingDirectory.resolve(path);
    Path beside = workingDirectory.resolve(absolute.getFileName());
    Path best = Files.exists(absolute) || !Files.exists(beside) ? absolute : beside;
    return Optional.of(new Notebook(best.normalize().toString(), variable));
  }

  /** Every Jupyter server of this person leaves a file with its address and token. */
  private Optional<Notebook> fromServers() {
    Matcher kernel = KERNEL_ID.matcher(String.valueOf(connectionFile.getFileName()));
    Path runtime = connectionFile.toAbsolutePath().getParent();
    if (!kernel.matches() || runtime == null) {
      return Optional.empty();
    }
    try (Stream<Path> files = Files.list(runtime)) {
      List<Path> servers =
          files
              .filter(file -> file.getFileName().toString().matches("(jp|nb)server-\\d+\\.json"))
              .toList();
      return servers.stream()
          .map(server -> ask(server, kernel.group(1)))
          .flatMap(Optional::stream)
          .findFirst();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static Optional<Notebook> ask(Path file, String kernel) {
    try {
      JsonNode server = Wire.JSON.readTree(Files.readString(file));
      String url = server.path("url").asText() + "api/sessions";
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(url))
              .header("Authorization", "token " + server.path("token").asText())
              .timeout(PATIENCE)
              .build();
      HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
      String answer = client.send(request, HttpResponse.BodyHandlers.ofString()).body();
      for (JsonNode session : Wire.JSON.readTree(answer)) {
        String path = session.path("path").asText();
        if (session.path("kernel").path("id").asText().equals(kernel) && path.endsWith(".ipynb")) {
          Path root = Path.of(server.path("root_dir").asText(server.path("notebook_dir").asText()));
          return Optional.of(
              new Notebook(root.resolve(path).normalize().toString(), "Jupyter's sessions"));
        }
      }
      return Optional.empty();
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty(); // a server that is gone left its file behind
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
