package reprise.notebooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import reprise.ledger.ChildProcess;
import reprise.ledger.Data;
import reprise.ledger.Digest;
import reprise.ledger.Run;
import reprise.ledger.Step;

/** All that a notebook does with files comes out the same when the files themselves are gone. */
class FilesIT {
  private static final String NIO = "import java.nio.file.*;\n";

  @TempDir static Path folder;
  private static Product product;
  private Path work;

  @BeforeAll
  static void serve() throws Exception {
    product = new Product(folder.resolve("home")).serve(0);
  }

  @AfterAll
  static void stop() {
    product.close();
  }

  @BeforeEach
  void makeRoom(TestInfo test) throws IOException {
    work = Files.createTempDirectory(folder, test.getTestMethod().orElseThrow().getName());
  }

  @Test
  void replay_listingsSizesAndRewriting_isIdenticalWithTheOriginalsGone() throws Exception {
    Files.createDirectories(work.resolve("data/sub"));
    for (String name : List.of("b.csv", "a.csv", "é c.csv", "sub/d.csv")) {
      Files.writeString(work.resolve("data").resolve(name), name.repeat(3));
    }
    replaysIdentical(
        NIO + "Path data = Path.of(\"data\");\nFiles.list(data).map(Path::toString).toList()",
        "Arrays.toString(data.toFile().list())",
        """
        List<String> sizes = new ArrayList<>();
        for (File f : data.toFile().listFiles()) sizes.add(f + " " + f.isFile() + f.length());
        sizes.removeIf(line -> line.contains("sub"));
        sizes""",
        "Files.walk(data).filter(Files::isRegularFile).map(String::valueOf).toList()",
        "List.of(Files.exists(Path.of(\"no\")), Files.exists(data), new File(\"n.ipynb\").exists())",
        "Files.size(Path.of(\"data/sub/d.csv\"))",
        """
        Path in = data.resolve("a.csv");
        String first = Files.readString(in);
        Files.writeString(in, first + "!");
        first + Files.readString(in)""",
        "Files.writeString(in, \"?\", StandardOpenOption.APPEND);\nFiles.readString(in)",
        """
        Files.createDirectory(Path.of("out"));
        Files.writeString(Path.of("out/x"), "x");
        Files.move(Path.of("out"), Path.of("moved"));
        Files.list(Path.of("moved")).toList()""",
        """
        Files.writeString(data.resolve("sub/new.txt"), "new");
        Files.list(data.resolve("sub")).count()""",
        """
        Files.createSymbolicLink(Path.of("link"), data.resolve("b.csv").toAbsolutePath());
        Files.readString(Path.of("link")) + Files.readSymbolicLink(Path.of("link"))""",
        "data.toRealPath().toString()");
  }

  @Test
  void replay_childProcesses_isIdenticalWithTheOriginalsGone() throws Exception {
    Files.writeString(work.resolve("in.txt"), "b\na\nc\n");
    Files.createDirectories(work.resolve("parts"));
    Files.writeString(work.resolve("parts/1.part"), "one");
    Files.writeString(work.resolve("parts/2.part"), "two");
    Run run =
        replaysIdentical(
            "!ls",
            "%%bash\nsort in.txt > sorted.txt\ncat parts/*.part",
            NIO + "Files.readString(Path.of(\"sorted.txt\"))",
            """
        var copy = new ProcessBuilder("cp", "in.txt", "copied.txt").start();
        copy.waitFor() + Files.readString(Path.of("copied.txt"))""",
            "new ProcessBuilder(\"sh\", \"-c\", \"pwd; rm copied.txt; exit 3\").start().waitFor()",
            "Files.exists(Path.of(\"copied.txt\"))");
    Step sorting = run.history().get(1);
    assertThat(sorting.children())
        .containsExactly(
            new ChildProcess(
                List.of("bash", "-c", "sort in.txt > sorted.txt\ncat parts/*.part"),
                work.toRealPath().toString(),
                0));
    assertThat(sorting.data())
        .filteredOn(data -> data.direction() == Data.Direction.WRITTEN)
        .extracting(Data::path, Data::digest, Data::note)
        .containsExactly(
            tuple(
                work.toRealPath().resolve("sorted.txt").toString(),
                Digest.of("a\nb\nc\n"),
                "by a child process"));
    assertThat(run.history().get(4).children().get(0).exitCode()).isEqualTo(3);
    assertThat(product.reprise(work, "show", run.run().value()).out())
        .contains("STARTED cp in.txt copied.txt  (exit code 0");
  }

  @Test
  void replay_sqliteByJdbc_isIdenticalWithTheOriginalGone() throws Exception {
    String sqlite = "%maven org.xerial:sqlite-jdbc:3.50.3.0\n";
    Notebooks.write(
        work.resolve("make.ipynb"),
        sqlite
            + """
        import java.sql.*;
        var c = DriverManager.getConnection("jdbc:sqlite:kept.db");
        c.createStatement().execute("create table t(x)");
        c.createStatement().execute("insert into t values (1), (2)");
        c.close();""");
    Product.Said made = product.reprise(work, "run", "make.ipynb", "--json");
    assertThat(made.json().path("status").asText())
        .as(made.out() + made.err())
        .isEqualTo("SUCCEEDED");
    Path database = work.resolve("kept.db").toRealPath();
    byte[] before = Files.readAllBytes(database);
    Run run =
        replaysIdentical(
            sqlite + "import java.sql.*;",
            "var c = DriverManager.getConnection(\"jdbc:sqlite:%s\");\n".formatted(database)
                + "c.createStatement().executeQuery(\"select sum(x) from t\").getInt(1)",
            "c.createStatement().executeUpdate(\"insert into t values (40)\")",
            "c.createStatement().executeQuery(\"select sum(x) from t\").getInt(1)");
    assertThat(run.history().get(1).data())
        .filteredOn(data -> data.path().equals(database.toString()))
        .containsExactly(
            new Data(
                Data.Direction.READ,
                database.toString(),
                before.length,
                Digest.of(before),
                "a database, seen by its connection"));
    assertThat(run.history().get(2).data())
        .extracting(Data::direction, Data::path)
        .contains(tuple(Data.Direction.WRITTEN, database.toString()));
  }

  @Test
  void replay_fileOverTheLimit_usesTheOriginalWhileItIsTheSame() throws Exception {
    Files.writeString(work.resolve("reprise.toml"), "[files]\nlargest-file = \"1 KB\"\n");
    Path large = work.resolve("large.txt");
    Files.writeString(large, "x".repeat(2_000));
    Notebooks.write(
        work.resolve("n.ipynb"), NIO + "Files.readString(Path.of(\"large.txt\")).length()");
    Product.Said ran = product.reprise(work, "run", "n.ipynb", "--json");
    String id = ran.json().path("run").asText();
    assertThat(product.reprise(work, "show", id).out())
        .contains("only its digest is kept: larger than the 1 KB that the policy allows a file");
    assertThat(verdict(id)).isEqualTo("IDENTICAL");
    Files.delete(large);
    Product.Said gone = product.reprise(folder, "replay", id, "--json");
    assertThat(gone.json().path("verdict").asText()).isEqualTo("NOT_RUN");
    assertThat(gone.json().path("why").asText()).contains("large.txt");
  }

  private Run replaysIdentical(String... cells) throws Exception {
    Path notebook = Notebooks.write(work.resolve("n.ipynb"), cells);
    Product.Said ran = product.reprise(work, "run", notebook.toString(), "--json");
    assertThat(ran.json().path("status").asText())
        .as(ran.out() + ran.err() + Files.readString(notebook))
        .isEqualTo("SUCCEEDED");
    empty(work);
    String id = ran.json().path("run").asText();
    Product.Said replayed = product.reprise(folder, "replay", id, "--json");
    assertThat(replayed.json().path("verdict").asText())
        .as(replayed.out() + replayed.err())
        .isEqualTo("IDENTICAL");
    return product.client().run(id);
  }

  private static String verdict(String id) throws Exception {
    return product.reprise(folder, "replay", id, "--json").json().path("verdict").asText();
  }

  private static void empty(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        if (!path.equals(folder)) {
          Files.delete(path);
        }
      }
    }
  }
}
