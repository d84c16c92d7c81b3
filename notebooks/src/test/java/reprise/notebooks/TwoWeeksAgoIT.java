package reprise.notebooks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reprise.ledger.Run;

/** Everything around an experiment has changed since, and still it gives the same again. */
@Tag("fake-clock")
@Tag("any-jdk")
@Tag("long-too")
class TwoWeeksAgoIT extends WithProduct {
  private static final int STEP_WITH_THE_VERSION = 6;

  @Test
  void replay_experimentOfTwoWeeksAgo_isIdentical() throws Exception {
    Path data = Files.writeString(work.resolve("measured.csv"), "1,2\n3,4\n");
    Path home = Files.createDirectories(work.resolve("ada"));
    Path constants = Files.writeString(home.resolve("constants.txt"), "42");
    jar("first");
    Path jdk = copyOfTheJdk();
    Path notebook = notebook();
    String id = recorded(notebook, home, jdk);
    Run run = product.client().run(id);
    assertThat(run.startedAt()).isBefore(Instant.now().minus(Duration.ofDays(13)));
    assertThat(run.environment().jdk().home()).isEqualTo(jdk.toString());
    assertThat(run.environment().zone()).isEqualTo("America/New_York");

    Notebooks.write(notebook, "// all the others are deleted");
    Files.writeString(data, "5,6\n");
    Files.delete(constants);
    jar("second");
    delete(jdk);
    Product.Said replayed = replayedElsewhere(id);
    assertIdentical(replayed);
    assertThat(replayed.json().path("notCompared").toString()).doesNotContain("JDK");
    assertThat(home.resolve("result.txt")).doesNotExist();
    for (Path other : otherJdks()) {
      JsonNode upgraded = replayedElsewhere(id, "--jdk", other.toString()).json();
      assertThat(upgraded.path("divergences"))
          .as(upgraded.toString())
          .isNotEmpty()
          .allMatch(it -> it.path("step").asInt() == STEP_WITH_THE_VERSION);
      assertThat(upgraded.path("altered").toString()).contains("the JDK was ");
    }
  }

  /** Of other releases than the one that the run was recorded on. */
  private static List<Path> otherJdks() throws IOException {
    String mine = "JAVA_VERSION=\"" + Runtime.version().feature() + ".";
    List<Path> others = new ArrayList<>();
    try (Stream<Path> homes = Files.list(Path.of("/usr/lib/jvm"))) {
      for (Path home : homes.filter(it -> Files.exists(it.resolve("lib/modules"))).toList()) {
        if (!Files.isSymbolicLink(home)
            && Files.exists(home.resolve("release"))
            && !Files.readString(home.resolve("release")).contains(mine)) {
          others.add(home);
        }
      }
    }
    return others;
  }

  private Path notebook() throws IOException {
    return Notebooks.write(
        work.resolve("n.ipynb"),
        "%maven org.apache.commons:commons-csv:1.10.0\n%jars tool.jar",
        """
        import java.nio.file.*;
        import java.time.*;
        var loader = Thread.currentThread().getContextClassLoader();
        new String(loader.getResourceAsStream("version.txt").readAllBytes())""",
        """
        import org.apache.commons.csv.*;
        int sum = 0;
        for (var row : CSVFormat.DEFAULT.parse(Files.newBufferedReader(Path.of("measured.csv"))))
          for (String cell : row) sum += Integer.parseInt(cell);
        sum""",
        """
        Path home = Path.of(System.getProperty("user.home"));
        Files.readString(home.resolve("constants.txt"))
            + Files.readString(Path.of(System.getenv("HOME"), "constants.txt"))""",
        "LocalDateTime.now() + \" \" + new Date() + \" \" + new Random().nextInt()",
        """
        System.out.println(home + " " + System.getProperty("user.name") + System.getenv("USER"));
        System.out.println(Locale.getDefault() + String.format(" %,.2f ", 1234.5));
        System.out.println(ZoneId.systemDefault() + " " + Path.of("").toAbsolutePath());
        Runtime.getRuntime().availableProcessors() + " " + Runtime.version()""",
        "Files.writeString(home.resolve(\"result.txt\"), sum + \" at \" + Instant.now()).toString()",
        "Files.delete(home.resolve(\"result.txt\"))");
  }

  /** By Ada in New York, a fortnight ago, on a JDK of her own. */
  private String recorded(Path notebook, Path home, Path jdk) throws Exception {
    try (Product then = new Product(folder.resolve("home"))) {
      product.variables().forEach(then::with);
      then.with("JAVA_HOME", jdk.toString())
          .with("TZ", "America/New_York")
          .with("LC_ALL", "C.UTF-8")
          .with("USER", "ada")
          .with("HOME", home.toString())
          .with("JDK_JAVA_OPTIONS", "-Duser.name=ada -Duser.home=" + home);
      Product.Said ran =
          then.run(
              work,
              List.of(
                  "faketime",
                  "-f",
                  "-14d",
                  Product.command(),
                  "run",
                  notebook.toString(),
                  "--json"));
      assertThat(ran.out()).as(ran.err()).contains("\"SUCCEEDED\"");
      return ran.json().path("run").asText();
    }
  }

  /** By Eve in Tokyo, from another folder, on one processor. */
  private Product.Said replayedElsewhere(String id, String... options) throws Exception {
    Path home = Files.createDirectories(work.resolve("eve"));
    try (Product now = new Product(folder.resolve("home"))) {
      product.variables().forEach(now::with);
      now.with("TZ", "Asia/Tokyo")
          .with("LC_ALL", "de_DE.UTF-8")
          .with("USER", "eve")
          .with("HOME", home.toString())
          .with("JAVA_TOOL_OPTIONS", "-Duser.name=eve -Duser.language=de");
      List<String> command =
          new ArrayList<>(List.of("taskset", "-c", "0", Product.command(), "replay", id, "--json"));
      command.addAll(List.of(options));
      return now.run(home, command);
    }
  }

  private void jar(String version) throws IOException {
    Path jar = work.resolve("tool.jar");
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
      out.putNextEntry(new ZipEntry("version.txt"));
      out.write(version.getBytes(UTF_8));
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
