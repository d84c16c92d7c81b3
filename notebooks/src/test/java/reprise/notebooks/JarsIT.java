package reprise.notebooks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A replay has the jars of its recording, whatever the Maven repositories give by now. */
@Tag("any-jdk")
class JarsIT extends WithProduct {
  private static final String SHOW =
      """
      var loader = Thread.currentThread().getContextClassLoader();
      new String(loader.getResourceAsStream("%s.txt").readAllBytes())""";

  private Path published;
  private Path home;
  private HttpServer repository;
  private Product person;

  /** A person with a local repository of her own, and a repository behind it. */
  @BeforeEach
  void publish() throws IOException {
    published = Files.createDirectories(work.resolve("published"));
    home = Files.createDirectories(work.resolve("ada"));
    repository = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    repository.createContext(
        "/",
        exchange -> {
          Path file = published.resolve(exchange.getRequestURI().getPath().substring(1));
          boolean there = Files.isRegularFile(file);
          byte[] bytes = there ? Files.readAllBytes(file) : new byte[0];
          exchange.sendResponseHeaders(there ? 200 : 404, bytes.length == 0 ? -1 : bytes.length);
          try (OutputStream out = exchange.getResponseBody()) {
            out.write(bytes);
          }
        });
    repository.start();
    Files.createDirectories(home.resolve(".m2"));
    Files.writeString(
        home.resolve(".m2/settings.xml"),
        """
        <settings><mirrors><mirror><id>here</id><mirrorOf>*</mirrorOf>
        <url>http://127.0.0.1:%d</url></mirror></mirrors></settings>"""
            .formatted(repository.getAddress().getPort()));
    person = new Product(folder.resolve("home"));
    product.variables().forEach(person::with);
    person.with("JDK_JAVA_OPTIONS", "-Duser.home=" + home);
  }

  @AfterEach
  void close() {
    repository.stop(0);
    person.close();
  }

  @Test
  @Tag("long")
  void replay_laterVersionInTheRange_hasTheRecordedJar() throws Exception {
    publish("tool", "1.0", "first");
    String id = recorded("%maven org.example:tool:[1.0,2.0)", SHOW.formatted("tool"));
    publish("tool", "1.1", "second");
    delete(home.resolve(".m2/repository"));
    assertIdentical(replay(id));
  }

  @Test
  @Tag("long")
  void replay_jarReplacedInTheCache_takesThePublishedOne() throws Exception {
    publish("tool", "1.0", "first");
    String id = recorded("%maven org.example:tool:1.0", SHOW.formatted("tool"));
    jar(cached("tool"), "tool", "forged");
    assertIdentical(replay(id));
  }

  @Test
  void replay_bundleWithJars_needsNeitherCacheNorRepository() throws Exception {
    publish("tool", "1.0", "first");
    String id = recorded("%maven org.example:tool:1.0", SHOW.formatted("tool"));
    Path bundle = work.resolve("run.zip");
    assertThat(
            person
                .reprise(work, "export", id, "--as", "bundle", "--jars", "-o", bundle.toString())
                .exitCode())
        .isZero();
    delete(home.resolve(".m2/repository"));
    repository.stop(0);
    assertIdentical(replay(bundle.toString()));
  }

  @Test
  @Tag("long")
  void replay_snapshotBuiltAgain_hasTheRecordedOne() throws Exception {
    Path installed =
        Files.createDirectories(home.resolve(".m2/repository/org/example/tool/1.0-SNAPSHOT"));
    put(installed, "tool", "1.0-SNAPSHOT", "first");
    String id = recorded("%maven org.example:tool:1.0-SNAPSHOT", SHOW.formatted("tool"));
    put(installed, "tool", "1.0-SNAPSHOT", "built again");
    assertIdentical(replay(id));
  }

  @Test
  void replay_jarsNowhere_namesThemAllBeforeAnythingRuns() throws Exception {
    publish("tool", "1.0", "first");
    publish("other", "2.0", "first");
    String id = recorded("%maven org.example:tool:1.0", "%maven org.example:other:2.0");
    jar(cached("tool"), "tool", "forged");
    delete(home.resolve(".m2/repository/org/example/other"));
    publish("tool", "1.0", "published again");
    delete(published.resolve("org/example/other"));
    Product.Said replayed = replay(id);
    assertThat(verdict(replayed)).isEqualTo("NOT_RUN");
    assertThat(replayed.json().path("why").asText())
        .contains("org.example:tool:1.0, org.example:other:2.0")
        .contains("--jars");
  }

  private String recorded(String... cells) throws Exception {
    Path notebook = Notebooks.write(work.resolve("n.ipynb"), cells);
    Product.Said ran = person.reprise(work, "run", notebook.toString(), "--json");
    assertThat(ran.json().path("status").asText())
        .as(ran.out() + ran.err() + Files.readString(notebook))
        .isEqualTo("SUCCEEDED");
    return ran.json().path("run").asText();
  }

  private Product.Said replay(String run) throws Exception {
    return person.reprise(folder, "replay", run, "--json");
  }

  private Path cached(String name) throws IOException {
    try (Stream<Path> files = Files.walk(home.resolve(".m2/repository/org/example/" + name))) {
      return files.filter(it -> it.toString().endsWith(".jar")).findFirst().orElseThrow();
    }
  }

  private void publish(String name, String version, String content) throws IOException {
    Path folder = Files.createDirectories(published.resolve("org/example/" + name));
    put(Files.createDirectories(folder.resolve(version)), name, version, content);
    try (Stream<Path> versions = Files.list(folder)) {
      List<String> all =
          versions
              .filter(Files::isDirectory)
              .map(it -> "<version>" + it.getFileName() + "</version>")
              .sorted()
              .toList();
      Files.writeString(
          folder.resolve("maven-metadata.xml"),
          """
          <metadata><groupId>org.example</groupId><artifactId>%s</artifactId>
          <versioning><versions>%s</versions></versioning></metadata>"""
              .formatted(name, String.join("", all)));
    }
  }

  private static void put(Path place, String name, String version, String content)
      throws IOException {
    String base = name + "-" + version;
    jar(place.resolve(base + ".jar"), name, content);
    Files.writeString(
        place.resolve(base + ".pom"),
        """
        <project><modelVersion>4.0.0</modelVersion><groupId>org.example</groupId>
        <artifactId>%s</artifactId><version>%s</version></project>"""
            .formatted(name, version));
  }

  private static void jar(Path file, String name, String content) throws IOException {
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(file))) {
      out.putNextEntry(new ZipEntry(name + ".txt"));
      out.write(content.getBytes(UTF_8));
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
