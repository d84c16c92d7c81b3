package reprise.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import reprise.ledger.Home;

/** How the server starts, and how it says that it cannot. */
@Timeout(60)
class StartTest {
  private static final String FIRST_COMPILER = "-XX:TieredStopAtLevel=1"; // for it starts, no more

  @TempDir Path folder;

  private Process server(String... words) throws IOException {
    return server(System.getProperty("java.class.path"), List.of(words));
  }

  private static Process server(String classPath, List<String> words) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                FIRST_COMPILER,
                "--enable-native-access=ALL-UNNAMED", // or JDK 25 speaks of SQLite on stderr
                "-cp",
                classPath,
                "reprise.server.Main"));
    command.addAll(words);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().remove("REPRISE_TOKEN");
    return builder.start();
  }

  private static String sentence(Process ended) throws Exception {
    return sentence(3, ended);
  }

  private static String sentence(int exitCode, Process ended) throws Exception {
    String said = new String(ended.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(ended.waitFor()).as(said).isEqualTo(exitCode);
    assertThat(said.strip()).doesNotContain("\n");
    return said;
  }

  @Test
  void start_anyPort_printsTheAddressWithTheTokenOnlyItsOwnerCanRead() throws Exception {
    Process server = server("--port", "0", "--home", folder.toString());
    try (BufferedReader out = server.inputReader()) {
      assertThat(out.readLine())
          .matches("Reprise is at http://127\\.0\\.0\\.1:[1-9]\\d*/\\?token=[0-9a-f]{64}");
      assertThat(
              PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("token"))))
          .isEqualTo("rw-------");
    } finally {
      server.destroy();
      assertThat(server.waitFor()).isEqualTo(143); // ended by us, in order
    }
  }

  @Test
  void start_withTheBuiltUi_servesItsFilesAndItsPageEverywhereElse() throws Exception {
    Path ui = Files.createDirectories(folder.resolve("ui/META-INF/reprise-web/assets"));
    Files.writeString(ui.resolve("main-1a2b.js"), "start();");
    Files.writeString(ui.resolveSibling("index.html"), "<!doctype html>");
    String classPath =
        folder.resolve("ui") + File.pathSeparator + System.getProperty("java.class.path");
    Process server =
        server(classPath, List.of("--port", "0", "--home", folder.resolve("home").toString()));
    try (BufferedReader out = server.inputReader()) {
      String entrance = out.readLine().substring("Reprise is at ".length());
      String token = Files.readString(folder.resolve("home/token")).strip();
      assertThat(page(entrance, "/assets/main-1a2b.js", token)).isEqualTo("start();");
      assertThat(page(entrance, "/runs/r-1", token)).isEqualTo("<!doctype html>");
      assertThat(page(entrance, "/", token)).isEqualTo("<!doctype html>");
      assertThat(page(entrance, "/api/nothing", token)).contains("404");
    } finally {
      server.destroy();
    }
  }

  private static String page(String entrance, String path, String token) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(entrance).resolve(path))
            .header("Authorization", "Bearer " + token)
            .build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
  }

  @Test
  void start_withoutACollectorOfTraces_loadsNothingOfOpenTelemetry() throws Exception {
    assertThat(loaded(Map.of())).doesNotContain("io.opentelemetry.");
    assertThat(loaded(Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:1")))
        .contains("io.opentelemetry.");
  }

  /** The names of all classes that a server loads until it has answered. */
  private String loaded(Map<String, String> environment) throws Exception {
    Path log = Files.createTempFile(folder, "classes", ".log");
    Path home = Files.createTempDirectory(folder, "home");
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            FIRST_COMPILER,
            "-Xlog:class+load:file=" + log,
            "-cp",
            System.getProperty("java.class.path"),
            "reprise.server.Main",
            "--port",
            "0",
            "--home",
            home.toString());
    builder.environment().putAll(environment);
    Process server = builder.start();
    try (BufferedReader out = server.inputReader()) {
      String entrance = out.readLine().substring("Reprise is at ".length());
      String token = Files.readString(home.resolve("token")).strip();
      assertThat(page(entrance, "/health", token)).contains("ok");
    } finally {
      server.destroy();
      server.waitFor();
    }
    return Files.readString(log);
  }

  @Test
  void start_withACollectorThatIsNoAddress_saysWhatWouldBeOne() throws Exception {
    Settings settings =
        Settings.of(
            new String[] {"--port", "0", "--home", folder.toString()},
            Map.of("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "collector"));
    assertThatThrownBy(() -> TrackingServer.start(settings, InstantSource.system()))
        .isInstanceOf(CannotStart.class)
        .hasMessageContaining("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "http://127.0.0.1:4318");
  }

  @Test
  void start_portTaken_saysSoInOneSentence() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = String.valueOf(taken.getLocalPort());
      assertThat(sentence(server("--port", port, "--home", folder.toString())))
          .contains("port " + port + " is taken");
    }
  }

  @Test
  void start_homeOfARunningServer_namesItsAddress() throws Exception {
    Settings settings =
        Settings.of(
            new String[] {"--port", "0", "--home", folder.toString()},
            Map.of("REPRISE_TOKEN", "t"));
    try (TrackingServer first = TrackingServer.start(settings, InstantSource.system())) {
      assertThat(sentence(server("--port", "0", "--home", folder.toString())))
          .contains("at work on " + folder + " already, at " + first.url());
    }
    TrackingServer.start(settings, InstantSource.system()).close();
  }

  @Test
  void start_homeThatIsAFile_saysSoInOneSentence() throws Exception {
    Path file = Files.createFile(folder.resolve("file"));
    assertThat(sentence(server("--home", file.toString()))).contains("cannot be written to");
  }

  @Test
  void start_forTheWholeNetwork_isRefused() throws Exception {
    assertThat(sentence(server("--host", "0.0.0.0", "--home", folder.toString())))
        .contains("not on '0.0.0.0'");
  }

  @Test
  void start_blobsWhereRecordedBytesWait_isRefused() throws Exception {
    String home = folder.toString();
    assertThat(sentence(server("--home", home, "--blobs", folder.resolve("blobs").toString())))
        .contains("give another folder as --blobs");
  }

  @Test
  void start_notUnderstood_pointsToTheHelp() throws Exception {
    assertThat(sentence(2, server("--colour", "blue"))).contains("'--colour' is not understood");
    assertThat(sentence(2, server("--port", "many"))).contains("not 'many'");
    assertThat(sentence(2, server("--verify", "0"))).contains("from 1 on, not '0'");
    Process help = server("--help");
    assertThat(help.inputReader().readLine()).startsWith("Usage: reprise server");
    assertThat(help.waitFor()).isZero();
  }

  @Test
  void start_databaseOfANewerVersion_isRefusedAndLeftAlone() {
    Settings settings =
        Settings.of(
            new String[] {"--port", "0", "--home", folder.toString()},
            Map.of("REPRISE_TOKEN", "t"));
    TrackingServer.start(settings, InstantSource.system()).close();
    Jdbi.create(settings.database())
        .useHandle(
            handle ->
                handle.execute(
                    """
                    INSERT INTO flyway_schema_history
                    SELECT 99, '99', 'future', type, 'V99__future.sql', checksum, installed_by,
                      installed_on, execution_time, success
                    FROM flyway_schema_history WHERE version = '1'
                    """));
    assertThatThrownBy(() -> TrackingServer.start(settings, InstantSource.system()))
        .hasMessageContaining("written by a newer Reprise");
    assertThat(new Home(folder).server().resolve("reprise.db")).exists();
  }
}
