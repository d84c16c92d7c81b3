package reprise.reproducer.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import reprise.ledger.Environment;
import reprise.ledger.ExperimentName;
import reprise.ledger.Notebook;
import reprise.ledger.Origin;
import reprise.ledger.Outcome;
import reprise.ledger.Run;
import reprise.ledger.RunEvent;
import reprise.ledger.RunId;
import reprise.ledger.SessionId;

class SecretsTest {
  private static final SessionId SESSION = new SessionId("s-0001");
  private static final RunId RUN = new RunId("r-0001");

  @Test
  void missing_nothingMasked_isNothing() {
    assertThat(Secrets.of(run("1 + 1", "-Xmx1g"), Map.of(), Map.of()).missing()).isNull();
  }

  @Test
  void missing_secretsOfCellsAndOptions_areAskedForInOneSentence() {
    Run run = run("String password = \"[masked:password]\";", "-Ddb.key=[masked:db.key]");
    assertThat(Secrets.of(run, Map.of(), Map.of()).missing())
        .isEqualTo(
            "The record does not hold this run's secrets; say them with -p db.key=… -p password=…"
                + " or in the environment as REPRISE_SECRET_DB_KEY, REPRISE_SECRET_PASSWORD.");
    assertThat(
            Secrets.of(run, Map.of("password", "a"), Map.of("REPRISE_SECRET_DB_KEY", "b"))
                .missing())
        .isNull();
  }

  @Test
  void source_secretWithQuotes_isSpelledAsJavaWantsIt() {
    String cell = "String password = \"[masked:password]\";\n!login [masked:password]\n";
    assertThat(secrets(cell, "a\"b\\c\nd").source(cell))
        .isEqualTo("String password = \"a\\\"b\\\\c\\nd\";\n!login a\"b\\c\nd\n");
  }

  @Test
  void source_shellCell_hasTheSecretAsItIs() {
    String cell = "%%bash\nexport TOKEN=[masked:password]";
    assertThat(secrets(cell, "a\"b").source(cell)).isEqualTo("%%bash\nexport TOKEN=a\"b");
  }

  private static Secrets secrets(String cell, String password) {
    return Secrets.of(run(cell, "-Xmx1g"), Map.of("password", password), Map.of());
  }

  private static Run run(String cell, String flag) {
    Environment environment =
        new Environment(
            new Environment.Jdk("17", "v", "/jdk"),
            List.of(flag),
            "Linux",
            1,
            1,
            List.of(),
            "de",
            "UTC",
            "UTF-8",
            "\n",
            "/home/ada",
            Map.of(),
            null,
            null);
    Instant at = Instant.EPOCH;
    return Run.of(
            RUN,
            List.of(
                new RunEvent.SessionStarted(
                    SESSION, 1, at, new Notebook(null, "test"), "k", "h", 1, environment),
                new RunEvent.RunOpened(
                    SESSION,
                    2,
                    at,
                    RUN,
                    new ExperimentName("e"),
                    null,
                    null,
                    new Origin.Headless()),
                new RunEvent.CellStarted(SESSION, 3, at, RUN, 1, "c", 1, cell, List.of()),
                new RunEvent.CellEnded(
                    SESSION,
                    4,
                    at,
                    RUN,
                    1,
                    new Outcome.Succeeded(),
                    1,
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    null,
                    null)))
        .orElseThrow();
  }
}
