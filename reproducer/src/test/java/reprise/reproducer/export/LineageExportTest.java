package reprise.reproducer.export;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.openlineage.client.OpenLineage;
import io.openlineage.client.OpenLineageClientUtils;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reprise.ledger.Wire;

class LineageExportTest {
  @TempDir Path folder;

  private List<String> events() throws IOException {
    Path file = folder.resolve("events.jsonl");
    assertThat(Exported.as(Form.OPENLINEAGE, Exported.run(folder), file)).isEmpty();
    return Files.readAllLines(file);
  }

  @Test
  void openLineage_eachEvent_isReadByItsOwnClientWithoutALoss() throws IOException {
    for (String line : events()) {
      OpenLineage.RunEvent read = OpenLineageClientUtils.runEventFromJson(line);
      assertThat(read.getRun().getFacets().getAdditionalProperties()).isEmpty();
      assertThat(withoutTimes(OpenLineageClientUtils.toJson(read))).isEqualTo(withoutTimes(line));
    }
  }

  /** The client spells an instant with another number of digits; nulls say nothing. */
  private static JsonNode withoutTimes(String json) throws IOException {
    JsonNode event = Wire.JSON.readTree(json);
    ((com.fasterxml.jackson.databind.node.ObjectNode) event).remove("eventTime");
    return event;
  }

  @Test
  void openLineage_aRun_beginsOnceAndEndsWithAVerdictForEachStep() throws IOException {
    List<OpenLineage.RunEvent> events = new ArrayList<>();
    events().forEach(line -> events.add(OpenLineageClientUtils.runEventFromJson(line)));
    assertThat(events).hasSize(2 + 2 * 6);
    OpenLineage.RunEvent last = events.get(events.size() - 1);
    assertThat(events.get(0).getEventType()).isEqualTo(OpenLineage.RunEvent.EventType.START);
    assertThat(last.getEventType()).isEqualTo(OpenLineage.RunEvent.EventType.FAIL);
    assertThat(last.getRun().getRunId()).isEqualTo(events.get(0).getRun().getRunId());
    assertThat(last.getRun().getFacets().getTest().getTests())
        .extracting(OpenLineage.TestExecution::getName, OpenLineage.TestExecution::getStatus)
        .containsExactly(org.assertj.core.groups.Tuple.tuple("step 1", "pass"));
    assertThat(events.get(1).getRun().getFacets().getParent().getRun().getRunId())
        .isEqualTo(last.getRun().getRunId());
    assertThat(last.getInputs()).extracting(OpenLineage.InputDataset::getName).hasSize(2);
    assertThat(last.getOutputs()).hasSize(1);
    assertThat(events.get(12).getRun().getFacets().getErrorMessage().getMessage()).contains("no");
  }

  @Test
  void prov_aRun_relatesOnlyWhatItDescribes() throws IOException {
    Path file = folder.resolve("prov.json");
    Exported.as(Form.PROV, Exported.run(folder), file);
    JsonNode prov = Wire.JSON.readTree(file.toFile());
    Set<String> described = new TreeSet<>();
    for (String kind : List.of("entity", "activity", "agent")) {
      prov.path(kind).fieldNames().forEachRemaining(described::add);
    }
    assertThat(prov.path("activity")).hasSize(6);
    for (String kind : List.of("used", "wasGeneratedBy", "wasInformedBy", "wasAssociatedWith")) {
      assertThat(prov.path(kind)).isNotEmpty();
      for (JsonNode relation : prov.path(kind)) {
        relation.forEach(end -> assertThat(described).contains(end.asText()));
      }
    }
    assertThat(prov.at("/activity/reprise:step-1/reprise:verdict").asText()).isEqualTo("IDENTICAL");
    String written = prov.at("/wasGeneratedBy").iterator().next().path("prov:entity").asText();
    assertThat(prov.path("used").findValuesAsText("prov:entity")).contains(written);
  }
}
