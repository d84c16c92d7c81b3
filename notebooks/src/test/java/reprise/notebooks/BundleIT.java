package reprise.notebooks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reprise.ledger.Run;
import reprise.ledger.RunStatus;
import reprise.ledger.Wire;

/** A run goes to a machine that has neither the server nor the author's files. */
@Tag("any-jdk")
class BundleIT extends WithProduct {
  private static final String[] CELLS = {
    "import java.nio.file.*;\nint times = 3;",
    "String all = Files.readString(Path.of(\"in.csv\"));\nall.repeat(times)",
    "Files.writeString(Path.of(\"out.csv\"), all + Math.random());\nSystem.out.println(all.length());",
    "Files.list(Path.of(\".\")).map(Path::toString).filter(it -> it.endsWith(\"v\")).sorted().toList()"
  };

  private String recorded() throws Exception {
    Files.writeString(work.resolve("in.csv"), "a,b\n1,2\n");
    Files.writeString(work.resolve("Helper.java"), "class Helper {}\n");
    String run = ran(CELLS);
    eventually(product, run, RunStatus.SUCCEEDED);
    return run;
  }

  private Path bundle(String run) throws Exception {
    Path bundle = work.resolve("run.zip");
    Product.Said exported =
        product.reprise(work, "export", run, "--as", "bundle", "-o", "run.zip", "--json");
    assertThat(exported.exitCode()).as(exported.err()).isZero();
    assertThat(exported.json().path("remarks")).isEmpty();
    assertThat(exported.json().path("path").asText()).isEqualTo(bundle.toRealPath().toString());
    return bundle;
  }

  /** Another machine, as far as the record is concerned: another home, and nobody who answers. */
  private Product elsewhere() throws Exception {
    return new Product(Files.createDirectory(work.resolve("elsewhere")))
        .with("REPRISE_URL", "http://127.0.0.1:1");
  }

  private void removeTheAuthorsFiles() throws Exception {
    for (String file : new String[] {"in.csv", "out.csv", "Helper.java", "n.ipynb"}) {
      Files.delete(work.resolve(file));
    }
  }

  @Test
  void replay_aBundleWithoutServerOrFiles_isIdentical() throws Exception {
    Path bundle = bundle(recorded());
    removeTheAuthorsFiles();
    Product.Said replayed = elsewhere().reprise(folder, "replay", bundle.toString(), "--json");
    assertIdentical(replayed);
    assertThat(replayed.json().path("compared").asInt()).isEqualTo(CELLS.length);
    assertThat(replayed.err()).contains("Nothing was posted");
    assertThat(replayed.exitCode()).isZero();
  }

  @Test
  @Tag("long")
  void export_ofABundle_isByteForByteThatOfTheRun() throws Exception {
    String run = recorded();
    assertIdentical(replayed(run));
    Path bundle = bundle(run);
    for (String form : new String[] {"bundle", "notebook"}) {
      Product.Said again =
          elsewhere(form)
              .reprise(work, "export", bundle.toString(), "--as", form, "-o", "a." + form);
      assertThat(again.exitCode()).as(again.err()).isZero();
      product.reprise(work, "export", run, "--as", form, "-o", "b." + form);
    }
    assertThat(Files.mismatch(bundle, work.resolve("a.bundle"))).isEqualTo(-1);
    assertThat(Files.readString(work.resolve("a.notebook")).replace("a.notebook", "b.notebook"))
        .isEqualTo(Files.readString(work.resolve("b.notebook")));
  }

  private Product elsewhere(String name) {
    return new Product(work.resolve("elsewhere-" + name)).with("REPRISE_URL", "http://127.0.0.1:1");
  }

  @Test
  void import_twiceIntoAnotherServer_isTheSameRunThere() throws Exception {
    String run = recorded();
    assertIdentical(replayed(run));
    Path bundle = bundle(run);
    removeTheAuthorsFiles();
    try (Product other = new Product(work.resolve("other")).serve(0)) {
      for (int time = 1; time <= 2; time++) {
        Product.Said imported = other.reprise(work, "import", bundle.toString(), "--json");
        assertThat(imported.exitCode()).as(imported.err()).isZero();
        assertThat(imported.json().path("run").asText()).isEqualTo(run);
      }
      Run there = other.client().run(run);
      assertThat(there).isEqualTo(product.client().run(run));
      assertThat(other.client().get("/api/runs/" + run + "/reproductions", JsonNode.class))
          .isEqualTo(product.client().get("/api/runs/" + run + "/reproductions", JsonNode.class))
          .hasSize(1);
      Path clone = work.resolve("clone");
      Product.Said cloned = other.run(work, gitClone(other, there, clone));
      assertThat(cloned.exitCode()).as(cloned.err()).isZero();
      assertThat(clone.resolve("Helper.java")).hasContent("class Helper {}\n");
      assertIdentical(other.reprise(folder, "replay", run, "--json"));
      assertIdentical(other.reprise(folder, "replay", bundle.toString(), "--json"));
      assertThat(other.client().get("/api/runs/" + run + "/reproductions", JsonNode.class))
          .hasSize(3);
    }
  }

  private static java.util.List<String> gitClone(Product server, Run run, Path into) {
    return java.util.List.of(
        "git",
        "clone",
        "-q",
        "http://reprise:%s@127.0.0.1:%d/git/%s.git"
            .formatted(server.variables().get("REPRISE_TOKEN"), server.port(), run.experiment()),
        into.toString());
  }

  @Test
  void import_noFileOrAFolder_saysSo() throws Exception {
    Product.Said absent = product.reprise(work, "import", "no.zip");
    assertThat(absent.exitCode()).isEqualTo(3);
    assertThat(absent.err()).isEqualTo("no.zip is not there.\n");
    Product.Said directory = product.reprise(work, "import", ".");
    assertThat(directory.exitCode()).isEqualTo(3);
    assertThat(directory.err()).contains("is a folder, and a bundle is one file;").hasLineCount(1);
  }

  @Test
  @Tag("long")
  void replay_bundleWhoseBytesWereOnlyRecordedByDigest_namesThem() throws Exception {
    Files.writeString(work.resolve("reprise.toml"), "[files]\nlargest-file = \"1 KB\"\n");
    Files.writeString(work.resolve("large.csv"), "1,2\n".repeat(1000));
    String run =
        ran("java.nio.file.Files.readString(java.nio.file.Path.of(\"large.csv\")).length()");
    eventually(product, run, RunStatus.SUCCEEDED);
    Product.Said exported = product.reprise(work, "export", run, "--as", "bundle", "-o", "run.zip");
    assertThat(exported.exitCode()).as(exported.err()).isZero();
    assertThat(exported.out())
        .contains("Missing: the bytes of")
        .contains("large.csv were not kept");
    Files.delete(work.resolve("large.csv"));
    Product.Said replayed = elsewhere().reprise(folder, "replay", work + "/run.zip", "--json");
    assertThat(verdict(replayed)).isEqualTo("NOT_RUN");
    assertThat(replayed.json().path("why").asText()).contains("large.csv");
    assertThat(replayed.exitCode()).isEqualTo(3);
  }

  @Test
  void export_toAFileThatIsThere_refusesUnlessForced() throws Exception {
    String run = recorded();
    Path taken = Files.writeString(work.resolve("taken.ipynb"), "mine");
    Product.Said refused =
        product.reprise(work, "export", run, "--as", "notebook", "-o", "taken.ipynb");
    assertThat(refused.exitCode()).isEqualTo(3);
    assertThat(refused.err()).contains("taken.ipynb is there already").contains("--force");
    assertThat(taken).hasContent("mine");
    assertThat(
            product.reprise(
                work, "export", run, "--as", "notebook", "-o", "taken.ipynb", "--force"))
        .returns(0, Product.Said::exitCode);
    assertThat(Wire.JSON.readTree(taken.toFile()).path("nbformat").asInt()).isEqualTo(4);
    try (Stream<Path> left = Files.list(work)) {
      assertThat(left.map(Path::getFileName).map(Path::toString))
          .noneMatch(name -> name.startsWith(".reprise-"));
    }
  }
}
