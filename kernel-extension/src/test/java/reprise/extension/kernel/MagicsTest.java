package reprise.extension.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reprise.extension.cell.AddedJar;
import reprise.extension.cell.CellEffects;
import reprise.extension.cell.CellListener;
import reprise.extension.cell.CellRequest;
import reprise.ledger.Outcome;
import reprise.ledger.Output;
import reprise.ledger.Outputs;

/** Magics, as the dialects of Java notebooks write them. */
class MagicsTest {
  @TempDir Path folder;

  private final List<AddedJar> jars = new ArrayList<>();
  private final List<Output> heard = new ArrayList<>();
  private HeadlessKernel kernel;
  private int count;

  @BeforeEach
  void start() {
    kernel = new HeadlessKernel(new Heard(), (prompt, password) -> null);
  }

  @AfterEach
  void close() {
    kernel.close();
  }

  private final class Heard implements CellListener {
    @Override
    public void started(CellRequest cell) {}

    @Override
    public void showed(Output output) {
      heard.add(output);
    }

    @Override
    public void read(String prompt, @Nullable String text) {}

    @Override
    public void ended(Outcome outcome, long tookNanos, CellEffects effects) {
      jars.addAll(effects.jars());
    }
  }

  private HeadlessKernel.Executed run(String... lines) {
    count++;
    return kernel.execute(new CellRequest("c" + count, count, String.join("\n", lines), List.of()));
  }

  private String shown(String... lines) {
    HeadlessKernel.Executed done = run(lines);
    assertThat(done.outcome())
        .describedAs(String.valueOf(done.outputs()))
        .isEqualTo(new Outcome.Succeeded());
    return Outputs.shown(done.outputs()).stream()
        .map(MagicsTest::text)
        .collect(Collectors.joining("|"));
  }

  private static String text(Output output) {
    if (output instanceof Output.Stream stream) {
      return stream.text();
    }
    return Outputs.forms(output).values().stream()
        .map(JsonNode::asText)
        .collect(Collectors.joining("/"));
  }

  private String failure(String... lines) {
    HeadlessKernel.Executed done = run(lines);
    assertThat(done.outcome()).isInstanceOf(Outcome.Failed.class);
    return ((Output.Traceback) done.outputs().get(done.outputs().size() - 1)).evalue();
  }

  @Test
  void magicsAmongJava_runInOrder() {
    assertThat(shown("int a = 1;", "!echo between $((1 + 1))", "  %sh echo again", "a + 1"))
        .isEqualTo("between 2\nagain\n|2");
  }

  @Test
  void percentInCodeCommentsAndTexts_isNoMagic() {
    assertThat(shown("/*", "%maven nothing", "*/", "int b = 7", "  % 4;", "// %help", "b"))
        .isEqualTo("3");
  }

  @Test
  void unknownMagic_namesThoseThatAreKnown() {
    assertThat(failure("%%python", "print(1)"))
        .startsWith("There is no magic %%python here; there are ")
        .contains("%%bash")
        .contains("%%time");
    assertThat(failure("%matplotlib inline")).contains("%matplotlib").contains("%maven");
  }

  @Test
  void bash_streamsOutputAndErrors_andItsExitCodeMatters() {
    assertThat(shown("// a comment before", "", "%%bash", "echo out", "echo $((6*7))"))
        .isEqualTo("out\n42\n");
    assertThat(shown("%%sh", "echo bad >&2")).isEqualTo("bad\n");
    assertThat(failure("%%shell", "exit 3")).contains("exit code 3");
    assertThat(failure("!false")).contains("exit code 1");
  }

  @Test
  void load_scriptsAndNotebooks_asIfTheyStoodHere() throws IOException {
    Path script =
        Files.writeString(
            folder.resolve("tools.jshell"), "int one = 1;\nint two() { return one + 1; }\n");
    Path notebook =
        Files.writeString(
            folder.resolve("other.ipynb"),
            "{\"cells\":[{\"cell_type\":\"markdown\",\"source\":\"x\"},{\"cell_type\":\"code\",\"source\":[\"int three = 3;\\n\",\"!echo nb\"]},{\"cell_type\":\"code\",\"source\":\"three++\"}]}");
    assertThat(shown("%load " + script, "two()")).isEqualTo("2");
    assertThat(shown("%load " + folder.resolve("tools"))).isEmpty();
    assertThat(shown("%load " + notebook, "three")).isEqualTo("nb\n|4");
    assertThat(failure("%load " + folder.resolve("none.jsh")))
        .contains("There is no script or notebook");
    Files.writeString(folder.resolve("bad.ipynb"), "[]");
    assertThat(failure("%load " + folder.resolve("bad.ipynb"))).contains("is not a notebook");
    Files.writeString(folder.resolve("wrong.jsh"), "int x = 1;\nint y = z;");
    assertThat(failure("%load " + folder.resolve("wrong.jsh"))).contains("wrong.jsh, line 2");
  }

  @Test
  void ownMagics_registeredAsIJavaAndJJavaHaveIt_work() {
    shown(
        "import io.github.spencerpark.jupyter.kernel.magic.registry.*;",
        "import io.github.spencerpark.jupyter.kernel.display.mime.MIMEType;",
        "public class Own {",
        "  @LineMagic public static String shout(List<String> words) { return words + \"!\"; }",
        "  @CellMagic(\"upper\") public static String up(List<String> words, String body) { return body.toUpperCase(); }",
        "}",
        "io.github.spencerpark.ijava.IJava.getKernelInstance().getMagics().registerMagics(Own.class);",
        "org.dflib.jjava.jupyter.kernel.BaseKernel.notebookKernel().getMagicsRegistry()",
        "  .registerLineMagic(\"count\", (kernel, words) -> words.size());");
    assertThat(shown("%shout a \"b c\"")).isEqualTo("[a, b c]!");
    assertThat(shown("%%upper", "text")).isEqualTo("TEXT");
    assertThat(shown("%count 1 2 3")).isEqualTo("3");
  }

  @Test
  void renderer_ofTheNotebook_isUsed() {
    shown(
        "import io.github.spencerpark.jupyter.kernel.display.mime.MIMEType;",
        "record Money(int cents) {}",
        "io.github.spencerpark.ijava.IJava.getKernelInstance().getRenderer().createRegistration(Money.class)",
        "  .preferring(MIMEType.TEXT_HTML)",
        "  .register((money, context) -> context.renderIfRequested(MIMEType.TEXT_HTML, () -> \"<b>\" + money.cents() + \"</b>\"));");
    assertThat(shown("new Money(5)")).contains("<b>5</b>");
  }

  @Test
  void time_tellsTheTimeAndKeepsTheValue() {
    assertThat(shown("%time 6 * 7")).matches("Wall time: .* ms\n\\|42");
    assertThat(shown("%%time", "int t = 5;", "t")).matches("Wall time: .* ms\n\\|5");
    assertThat(failure("%%time", "int ok = 1;", "nothing")).contains("line 3");
  }

  @Test
  void html_markdownAndHelp_areShown() {
    assertThat(shown("%%html", "<b>x</b>")).isEqualTo("<b>x</b>");
    assertThat(shown("%%markdown", "# x")).isEqualTo("# x");
    assertThat(shown("%help")).contains("%maven").contains("%%bash");
    shown("int listed = 1;", "class Listed {}");
    assertThat(shown("%jshell /vars")).contains("int listed = 1;");
  }

  @Test
  void reprise_whereNothingIsRecorded_saysSoToThePersonAndDoesNothing() {
    assertThat(shown("%reprise")).isEqualTo("Nothing is recorded here.");
    assertThat(heard).as("outputs of the cell").isEmpty();
    assertThat(shown("%reprise tag a=b", "%reprise note well", "reprise.Reprise.tag(\"a\", null);"))
        .isEmpty();
    assertThat(
            shown(
                "import reprise.Reprise;",
                "Reprise.metric(\"m\", 1); Reprise.artifact(\"missing\"); Reprise.note(\"x\");",
                "Reprise.param(\"a\", 1) + Reprise.param(\"b\", 2L) + Reprise.param(\"c\", 0.5)"
                    + " + Reprise.param(\"d\", \"!\") + Reprise.param(\"e\", true)"))
        .isEqualTo("3.5!true");
  }

  @Test
  void reprise_unknownWord_saysWhatThereIs() {
    assertThat(failure("%reprise drop")).contains("run [NAME], tag KEY=VALUE");
    assertThat(failure("%reprise tag a")).contains("KEY=VALUE, not a");
  }

  @Test
  void jars_withGlobs_areSeenByCompilerAndLoader() throws IOException {
    jar(folder.resolve("a.jar"), "data.txt");
    jar(folder.resolve("b.jar"), "META-INF/services/java.lang.Runnable");
    shown("%jars " + folder + "/*.jar");
    assertThat(jars)
        .extracting(jar -> jar.path().getFileName().toString())
        .containsExactly("a.jar", "b.jar");
    assertThat(
            shown(
                "Thread.currentThread().getContextClassLoader().getResource(\"data.txt\") != null"))
        .isEqualTo("true");
    shown("%classpath " + folder);
    assertThat(jars).hasSize(3);
    assertThat(failure("%classpath " + folder.resolve("none"))).contains("check the path");
  }

  private static void jar(Path file, String entry) throws IOException {
    try (OutputStream out = Files.newOutputStream(file);
        JarOutputStream jar = new JarOutputStream(out)) {
      jar.putNextEntry(new JarEntry(entry));
      jar.closeEntry();
    }
  }

  @Test
  void maven_ownVersionOfALibraryThatWeUse_isTheOneTheNotebookGets() {
    shown("%maven com.fasterxml.jackson.core:jackson-core:2.15.2");
    assertThat(shown("com.fasterxml.jackson.core.json.PackageVersion.VERSION.toString()"))
        .isEqualTo("2.15.2");
    assertThat(jars).hasSize(1);
    assertThat(jars.get(0).coordinates())
        .isEqualTo("com.fasterxml.jackson.core:jackson-core:2.15.2");
    assertThat(heard).noneMatch(output -> text(output).contains("Downloaded"));
  }

  @Test
  void dependencyAsRapaioWritesIt_resolves() {
    assertThat(
            shown(
                "%dependency /add commons-codec:commons-codec:1.16.0 /add commons-cli:commons-cli:1.6.0",
                "%dependency /resolve",
                "%dependency /list-dependencies",
                "org.apache.commons.codec.digest.DigestUtils.md5Hex(\"\").substring(0, 4)"))
        .contains("commons-codec:commons-codec:1.16.0")
        .endsWith("|d41d");
    assertThat(failure("%dependency /nonsense")).contains("/resolve");
  }

  @Test
  void pom_givesItsDependencies() throws IOException {
    String dependencies =
        "<properties><v>1.6.0</v></properties><dependencies><dependency><groupId>commons-cli</groupId>"
            + "<artifactId>commons-cli</artifactId><version>${v}</version></dependency>"
            + "<dependency><groupId>no</groupId><artifactId>no</artifactId><scope>test</scope></dependency></dependencies>";
    shown("%%loadFromPOM", dependencies);
    assertThat(shown("new org.apache.commons.cli.Options().getOptions()")).isEqualTo("[]");
    Path pom =
        Files.writeString(folder.resolve("pom.xml"), "<project>" + dependencies + "</project>");
    shown("%loadFromPOM " + pom);
    assertThat(failure("%%pom", "<oops")).contains("not a POM");
  }

  @Test
  void maven_whatIsNotThere_isOneSentence() {
    assertThat(failure("%maven dev.reprise.none:nothing:1"))
        .contains("Not found")
        .contains("dev.reprise.none:nothing");
    assertThat(failure("%maven nonsense")).contains("write it like that");
    assertThat(
            failure("%mavenRepo away http://127.0.0.1:9/", "%maven dev.reprise.none:elsewhere:2"))
        .contains("dev.reprise.none:elsewhere:2");
  }
}
