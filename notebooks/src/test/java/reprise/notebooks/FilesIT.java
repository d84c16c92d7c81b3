package reprise.notebooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reprise.ledger.ChildProcess;
import reprise.ledger.Data;
import reprise.ledger.Digest;
import reprise.ledger.Run;
import reprise.ledger.Step;

/** All that a notebook does with files comes out the same when the files themselves are gone. */
class FilesIT extends WithProduct {
  private static final String NIO = "import java.nio.file.*;\n";

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
  @Tag("any-jdk")
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
  @Tag("any-jdk")
  @Tag("long-too")
  void replay_sqliteByJdbc_isIdenticalWithTheOriginalGone() throws Exception {
    String sqlite = "%maven org.xerial:sqlite-jdbc:3.50.3.0\n";
    ran(
        sqlite
            + """
        import java.sql.*;
        var c = DriverManager.getConnection("jdbc:sqlite:kept.db");
        c.createStatement().execute("create table t(x)");
        c.createStatement().execute("insert into t values (1), (2)");
        c.close();""");
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
  @Tag("any-jdk")
  void replay_h2ThroughADataSource_isIdenticalWithTheOriginalGone() throws Exception {
    assertReplays(
        "com.h2database:h2:2.4.240", "org.h2.jdbcx.JdbcDataSource", "jdbc:h2:%s", "kept.mv.db");
  }

  @Test
  @Tag("long")
  @Tag("any-jdk")
  void replay_sqliteThroughADataSource_isIdenticalWithTheOriginalGone() throws Exception {
    assertReplays(
        "org.xerial:sqlite-jdbc:3.50.3.0",
        "org.sqlite.SQLiteDataSource",
        "jdbc:sqlite:%s",
        "kept.db");
  }

  /** It does not ask the JDK's own manager of drivers. */
  private void assertReplays(String driver, String source, String url, String file)
      throws Exception {
    Path database = work.toRealPath().resolve(file);
    String name = url.startsWith("jdbc:h2") ? "kept" : file;
    String open =
        """
        %%maven %s
        import java.sql.*;
        var source = new %s();
        source.setUrl("%s");
        var c = source.getConnection();
        """
            .formatted(driver, source, url.formatted(database.resolveSibling(name)));
    ran(
        open
            + """
        c.createStatement().execute("create table t(x int)");
        c.createStatement().execute("insert into t values (1), (2)");
        c.close();""");
    Run run =
        replaysIdentical(
            open,
            "c.createStatement().executeUpdate(\"insert into t values (40)\")",
            """
            var r = c.createStatement().executeQuery("select sum(x) from t");
            r.next();
            r.getInt(1)""",
            "c.close()");
    assertThat(run.history().get(2).outputs().toString()).contains("43");
    assertThat(run.history().get(0).data())
        .extracting(Data::direction, Data::path, Data::note)
        .contains(
            tuple(Data.Direction.READ, database.toString(), "a database, seen by its connection"));
  }

  /** Both write into their files what is never the same twice, so what they answer must be. */
  @ParameterizedTest
  @Tag("long")
  @CsvSource({
    "com.h2database:h2:2.4.240, jdbc:h2:%s/kept, kept.mv.db",
    "org.duckdb:duckdb_jdbc:1.4.2.0, jdbc:duckdb:%s/kept.duckdb, kept.duckdb"
  })
  @Tag("any-jdk")
  void replay_databaseOfAnotherKind_isIdenticalWithTheOriginalGone(
      String driver, String url, String file) throws Exception {
    Path folder = work.toRealPath();
    String maven = "%maven " + driver + "\n";
    String connect =
        "var c = DriverManager.getConnection(\"%s\");\n".formatted(url.formatted(folder));
    ran(
        maven
            + "import java.sql.*;\n"
            + connect
            + """
        c.createStatement().execute("create table t(x int)");
        c.createStatement().execute("insert into t values (1), (2)");
        c.close();""");
    String sum =
        """
        var r = c.createStatement().executeQuery("select sum(x) from t");
        r.next();
        r.getInt(1)""";
    Run run =
        replaysIdentical(
            maven + "import java.sql.*;",
            connect + sum,
            "c.createStatement().executeUpdate(\"insert into t values (40)\")",
            sum,
            "c.close()");
    assertThat(run.history().get(3).outputs().toString()).contains("43");
    assertThat(run.history().get(1).data())
        .extracting(Data::direction, Data::path)
        .contains(tuple(Data.Direction.READ, folder.resolve(file).toString()));
    assertThat(run.history())
        .anySatisfy(
            step ->
                assertThat(step.data())
                    .extracting(Data::direction, Data::path)
                    .contains(tuple(Data.Direction.WRITTEN, folder.resolve(file).toString())));
  }

  @Test
  @Tag("any-jdk")
  @Tag("long")
  void replay_fileOverTheLimit_usesTheOriginalWhileItIsTheSame() throws Exception {
    Files.writeString(work.resolve("reprise.toml"), "[files]\nlargest-file = \"1 KB\"\n");
    Path large = work.resolve("large.txt");
    Files.writeString(large, "x".repeat(2_000));
    String id = ran(NIO + "Files.readString(Path.of(\"large.txt\")).length()");
    assertThat(product.reprise(work, "show", id).out())
        .contains("only its digest is kept: larger than the 1 KB that the policy allows a file");
    assertIdentical(replayed(id));
    Files.delete(large);
    Product.Said gone = replayed(id);
    assertThat(verdict(gone)).isEqualTo("NOT_RUN");
    assertThat(gone.json().path("why").asText()).contains("large.txt");
  }

  private Run replaysIdentical(String... cells) throws Exception {
    String id = ran(cells);
    empty(work);
    assertIdentical(replayed(id));
    return product.client().run(id);
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
