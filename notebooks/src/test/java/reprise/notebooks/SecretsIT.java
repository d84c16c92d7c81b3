package reprise.notebooks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.InflaterInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reprise.ledger.Parameter;
import reprise.ledger.Step;

/** What is secret in a notebook is nowhere in what is kept of it, and a replay asks for it. */
@Tag("any-jdk")
class SecretsIT extends WithProduct {
  private static final String PASSWORD = "correct-horse-9";
  private static final String FROM_ENVIRONMENT = "staple-of-batteries-7";
  private static final String TOKEN = "ghp_" + "aB3dE6gH9j".repeat(4);
  private static final String OPTION = "jvm-sesame-5";
  private static final List<String> SECRETS = List.of(PASSWORD, FROM_ENVIRONMENT, TOKEN, OPTION);

  @BeforeAll
  static void hideSecrets() {
    product.with("DB_PASSWORD", FROM_ENVIRONMENT);
    product.with("REPRISE_JVM_OPTIONS", "-Ddb.password=" + OPTION);
  }

  @Test
  void run_notebookWithSecrets_keepsNoneOfThemAndReplaysOnceTheyAreTold() throws Exception {
    Path notebook =
        Notebooks.write(
            folder.resolve("work/secrets.ipynb"),
            "String password = \"" + PASSWORD + "\";\nint epochs = 3;",
            "System.out.print(\"token "
                + TOKEN.substring(0, 9)
                + "\");\n"
                + "System.out.println(\""
                + TOKEN.substring(9)
                + "\");\n"
                + "System.out.println(\"as \" + System.getProperty(\"db.password\"));",
            "\"jdbc:postgresql://ada:\" + password + \"@localhost/iris?epochs=\" + epochs",
            "var login = new ProcessBuilder(\"echo\", \"--password\", password).start();\nlogin.waitFor()",
            "char[] copy = password.toCharArray();\nvar logins = Map.of(\"ada\", password.length());",
            "System.out.println(\"y\".repeat(1 << 20) + \"\\n\" + password);",
            "throw new IllegalStateException(\"no login with \" + password);");
    Files.writeString(
        notebook.resolveSibling("db.properties"), "user=ada\npassword=" + PASSWORD + "\n");
    Product.Said ran =
        product.reprise(folder, "run", notebook.toString(), "--keep-going", "--json");
    String id = ran.json().path("run").asText();

    List<Step> history = product.client().run(id).history();
    assertThat(history).hasSize(7);
    assertThat(history.get(0).source()).contains("\"[masked:password]\"");
    assertThat(history.get(0).parameters())
        .extracting(Parameter::name, Parameter::value, Parameter::masked)
        .containsExactlyInAnyOrder(
            org.assertj.core.groups.Tuple.tuple("password", "\"[masked:password]\"", true),
            org.assertj.core.groups.Tuple.tuple("epochs", "3", null));
    assertThat(history.get(1).outputs().toString()).contains("token [masked:github-token]");
    assertThat(history.get(2).outputs().toString()).contains("ada:[masked:password]@localhost");
    assertThat(history.get(6).outputs().toString()).contains("no login with [masked:password]");

    Product.Said refused = product.reprise(folder, "replay", id, "--json");
    assertThat(refused.exitCode()).isEqualTo(3);
    assertThat(refused.json().path("verdict").asText()).isEqualTo("NOT_RUN");
    assertThat(refused.json().path("why").asText())
        .contains("-p password=…")
        .contains("REPRISE_SECRET_PASSWORD");

    product.with("REPRISE_SECRET_DB_PASSWORD", OPTION);
    Product.Said replayed =
        product.reprise(folder, "replay", id, "-p", "password=" + PASSWORD, "--json");
    assertThat(replayed.json().path("verdict").asText())
        .as(replayed.out() + replayed.err())
        .isEqualTo("IDENTICAL");
    assertThat(replayed.json().path("notCompared"))
        .extracting(JsonNode::asText)
        .contains("step 1: what is masked in the record (password)");
    assertThat(holders(folder.resolve("home"), SECRETS)).isEmpty();
    assertThat(holders(folder.resolve("home"), List.of("\"[masked:password]\"")))
        .as("what is searched for would have been found")
        .anyMatch(file -> file.contains("journal/"))
        .anyMatch(file -> file.contains("/objects/"));
    assertThat(ran.err() + replayed.out() + replayed.err()).doesNotContain(SECRETS);
  }

  @Test
  void replay_secretThatNobodyAskedFor_saysSo() throws Exception {
    Path notebook = Notebooks.write(folder.resolve("plain.ipynb"), "1 + 1");
    product.with("REPRISE_JVM_OPTIONS", "");
    String id =
        product.reprise(folder, "run", notebook.toString(), "--json").json().path("run").asText();
    Product.Said said = product.reprise(folder, "replay", id, "-p", "token=abc");
    assertThat(said.exitCode()).isEqualTo(2);
    assertThat(said.err()).contains("This run has no parameter or secret called token");
  }

  /** The files below a folder, git's packed objects among them, in which a secret can be read. */
  private static List<String> holders(Path root, List<String> secrets) throws IOException {
    List<String> holders = new ArrayList<>();
    try (Stream<Path> all = Files.walk(root)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        byte[] bytes = Files.readAllBytes(file);
        List<byte[]> readings = new ArrayList<>(List.of(bytes));
        readings.addAll(inflated(bytes));
        for (byte[] reading : readings) {
          String text = new String(reading, StandardCharsets.UTF_8);
          secrets.stream()
              .filter(text::contains)
              .forEach(secret -> holders.add(secret + " in " + root.relativize(file)));
        }
      }
    }
    return holders;
  }

  /** Whatever in the bytes can be inflated, as git stores its objects alone and in packs. */
  private static List<byte[]> inflated(byte[] bytes) {
    List<byte[]> inflated = new ArrayList<>();
    for (int at = 0; at + 1 < bytes.length; at++) {
      boolean head = bytes[at] == 0x78 && ((bytes[at] << 8) + (bytes[at + 1] & 0xff)) % 31 == 0;
      if (head) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (var in =
            new InflaterInputStream(new ByteArrayInputStream(bytes, at, bytes.length - at))) {
          in.transferTo(out);
        } catch (IOException e) {
          // it merely looked like it, or another object follows
        }
        inflated.add(out.toByteArray());
      }
    }
    return inflated;
  }
}
