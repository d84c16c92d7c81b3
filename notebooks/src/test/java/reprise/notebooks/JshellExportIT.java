package reprise.notebooks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reprise.ledger.RunStatus;

/** What is exported for the JDK's own jshell prints there what the notebook had printed. */
@Tag("any-jdk")
class JshellExportIT extends WithProduct {
  private Path exported(String... cells) throws Exception {
    String run = ran(cells);
    eventually(product, run, RunStatus.SUCCEEDED);
    Product.Said said = product.reprise(work, "export", run, "--as", "jshell", "-o", "out");
    assertThat(said.exitCode()).as(said.err()).isZero();
    return work.resolve("out");
  }

  /** Every jshell of the JDKs that are there: the one that runs this, and a newer one. */
  private static List<Path> jshells() throws IOException {
    List<Path> found = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"))));
    try (Stream<Path> installed = Files.list(Path.of("/usr/lib/jvm"))) {
      installed
          .filter(home -> home.getFileName().toString().matches(".*\\b(17|25)\\b.*"))
          .forEach(found::add);
    }
    return found.stream()
        .map(home -> home.resolve("bin/jshell"))
        .filter(Files::isExecutable)
        .map(JshellExportIT::real)
        .distinct()
        .toList();
  }

  private static Path real(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private void assertPrintsTheSame(Path folder) throws Exception {
    List<Path> jshells = jshells();
    assertThat(jshells).isNotEmpty();
    Product plain = new Product(work.resolve("nobody"));
    Path moved =
        Files.move(folder, Files.createDirectories(work.resolve("mo ved")).resolve("r'un"));
    for (Path jshell : jshells) {
      Product.Said said =
          plain
              .with("JSHELL", jshell.toString())
              .run(work, List.of("sh", moved.resolve("run.sh").toString()));
      assertThat(said.out())
          .as(jshell + said.err() + Files.readString(moved.resolve("run.jsh")))
          .isEqualTo(Files.readString(moved.resolve("expected.txt")));
    }
  }

  @Test
  void jshell_ofARun_printsTheSameTextOnEveryJdk() throws Exception {
    Files.createDirectories(work.resolve("data"));
    Files.writeString(work.resolve("data/in.csv"), "a,b\n1,2\n");
    Path folder =
        exported(
            "import java.nio.file.*;\nint times = 3; // three\nString text = \"größer\";",
            "List<String> lines = Files.readAllLines(Path.of(\"data/in.csv\"));\nlines",
            "Files.readString(Path.of(\"" + work.toRealPath() + "/data/in.csv\")).length()",
            """
            class Point {
              final int x;
              Point(int x) { this.x = x; }
              @Override public String toString() { return "Point " + x; }
            }
            new Point(times)""",
            """
            var sum = lines.stream()
                .map(String::length) // how long
                .reduce(0, Integer::sum);
            if (sum > 100) {
              System.out.println("many");
            }
            else {
              System.out.println("few " + sum);
            }
            for (int i = 0; i < 2; i++)
              System.out.print(i + " ");
            text""",
            "String block = \"\"\"\n    a \"quoted\"\n      word\\tand tab\n    \"\"\";\nSystem.out.print(block);",
            "Files.writeString(Path.of(\"out.txt\"), block);\nFiles.exists(Path.of(\"out.txt\"))",
            "int twice(int n) { return 2 * n; }\ntwice(21)",
            "times = 4;\ntimes",
            "new char[] {'a'}.length",
            "Stream.of(1, 2)\n    .map(it -> it + 1)\n    .toList()",
            "\"\\u00e9\" + '%' + \"!x\"");
    String expected = Files.readString(folder.resolve("expected.txt"));
    assertThat(expected).contains("[a,b, 1,2]\n8\n", "few 6\n0 1 größer\n", "[2, 3]\n");
    removeTheAuthorsFiles();
    assertPrintsTheSame(folder);
  }

  private void removeTheAuthorsFiles() throws IOException {
    Files.deleteIfExists(work.resolve("data/in.csv"));
    Files.deleteIfExists(work.resolve("out.txt"));
  }

  @Test
  @Tag("long")
  void jshell_ofARunWithMagics_doesWhatTheyDidOrSaysSo() throws Exception {
    Path jar = Path.of(System.getProperty("reprise.lib"), "reproducer");
    try (Stream<Path> jars = Files.list(jar)) {
      jar = jars.filter(it -> it.toString().contains("picocli")).findFirst().orElseThrow();
    }
    Files.copy(jar, work.resolve("cli.jar"));
    Path folder =
        exported(
            "%jars cli.jar\npicocli.CommandLine.VERSION.isEmpty()",
            "!echo from the shell",
            "%%bash\nfor i in 1 2; do echo $i; done",
            "%%html\n<b>bold</b>",
            "int width = reprise.Reprise.param(\"width\", 7);\nreprise.Reprise.metric(\"m\", 1.5);\nwidth + 1",
            "display(\"shown\");\nint last = 1;");
    assertThat(Files.readString(folder.resolve("expected.txt")))
        .isEqualTo("false\nfrom the shell\n1\n2\n8\nshown\n");
    assertThat(folder.resolve("classpath.txt")).hasContent("lib/cli.jar");
    assertThat(Files.readString(folder.resolve("README.md"))).contains("%%html", "run.sh");
    Files.delete(work.resolve("cli.jar"));
    assertPrintsTheSame(folder);
  }

  @Test
  @Tag("long")
  void jshell_intoAFolderThatIsNoExport_isRefusedEvenByForce() throws Exception {
    String run = ran("1 + 1");
    eventually(product, run, RunStatus.SUCCEEDED);
    Path mine = Files.writeString(work.resolve("mine.txt"), "mine");
    Product.Said refused =
        product.reprise(folder, "export", run, "--as", "jshell", "-o", work.toString(), "--force");
    assertThat(refused.exitCode()).isEqualTo(3);
    assertThat(refused.err()).contains("was not made by an export");
    assertThat(mine).hasContent("mine");
    for (int time = 1; time <= 2; time++) {
      Product.Said said =
          product.reprise(work, "export", run, "--as", "jshell", "-o", "out", "--force");
      assertThat(said.exitCode()).as(said.err()).isZero();
    }
    assertThat(work.resolve("out/run.jsh")).exists();
  }
}
