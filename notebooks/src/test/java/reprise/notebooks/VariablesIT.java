package reprise.notebooks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reprise.ledger.Environment;
import reprise.ledger.Run;

/** What cells ask of the process's environment is as it was, whatever it is by now. */
class VariablesIT extends WithProduct {
  private static final String[] ASKING = {
    "System.getenv(\"MODE\") + \" \" + System.getenv().get(\"LIMIT\")",
    "System.getenv(\"EXTRA\") == null ? \"plain\" : \"extra\"",
    "Function<String, String> ask = System::getenv;\nask.apply(\"MODE\")"
  };

  @Test
  void replay_variablesChangedSince_isIdentical() throws Exception {
    product.with("MODE", "exact").with("LIMIT", "10").with("OTHER", "never asked for");
    String id = ran(ASKING);
    Run run = product.client().run(id);
    Environment recorded = run.environment();
    assertThat(recorded.variables()).containsEntry("MODE", "exact").containsEntry("LIMIT", "10");
    assertThat(recorded.variables()).doesNotContainKey("OTHER");
    assertThat(recorded.absent()).containsExactly("EXTRA");
    assertThat(run.history().get(0).outputs().toString()).contains("exact 10");

    product.with("MODE", "quick").with("EXTRA", "1").variables().remove("LIMIT");
    assertIdentical(replayed(id));
    product.variables().keySet().removeAll(Set.of("MODE", "EXTRA", "OTHER"));
  }

  /** Found with a variable that held a lambda: its class had another number in each JVM. */
  @Test
  @Tag("any-jdk")
  void replay_variableThatHoldsCode_isIdentical() throws Exception {
    String id =
        ran(
            "int n = 3;\nFunction<Integer, Integer> f = x -> x + n;",
            "record Named(String name, Runnable code) {}\nvar named = new Named(\"a\", () -> {});",
            "f.apply(4)");
    Product.Said replayed = replayed(id);
    assertIdentical(replayed);
    assertThat(replayed.json().path("notCompared").toString())
        .contains("the value of Function", " f\"")
        .contains(" named\"");
  }

  @Test
  @Tag("any-jdk")
  @Tag("long")
  void replay_secretAmongTheVariables_isAskedForUnlessItIsSet() throws Exception {
    product.with("SERVICE_PASSWORD", "correct-horse-5");
    String id = ran("System.getenv(\"SERVICE_PASSWORD\").length()");
    assertThat(product.client().run(id).environment().variables().get("SERVICE_PASSWORD"))
        .isEqualTo("[masked:SERVICE_PASSWORD]");
    assertIdentical(replayed(id));
    product.variables().remove("SERVICE_PASSWORD");
    Product.Said refused = replayed(id);
    assertThat(verdict(refused)).isEqualTo("NOT_RUN");
    assertThat(refused.json().path("why").asText()).contains("-p SERVICE_PASSWORD=…");
    assertIdentical(
        product.reprise(folder, "replay", id, "-p", "SERVICE_PASSWORD=correct-horse-5", "--json"));
  }
}
