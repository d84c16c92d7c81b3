package reprise.reproducer.export;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipFile;
import org.apache.jena.rdf.model.Model;
import org.apache.jena.rdf.model.ModelFactory;
import org.apache.jena.rdf.model.Resource;
import org.apache.jena.riot.Lang;
import org.apache.jena.riot.RDFParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.topbraid.shacl.validation.ValidationUtil;
import org.topbraid.shacl.vocabulary.SH;
import reprise.ledger.Wire;
import reprise.reproducer.evidence.Recorded;

class CrateExportTest {
  private static final String BASE = "http://crate/";

  @TempDir Path folder;

  private ObjectNode metadata(Path crate) throws IOException {
    return (ObjectNode) Wire.JSON.readTree(crate.resolve("ro-crate-metadata.json").toFile());
  }

  private static InputStream resource(String name) {
    InputStream found = CrateExportTest.class.getResourceAsStream(name);
    if (found == null) {
      throw new AssertionError(name + " is not among the test's resources");
    }
    return found;
  }

  private static String complaints(ObjectNode metadata) throws IOException {
    ObjectNode inlined = metadata.deepCopy();
    inlined.set("@context", Wire.JSON.readTree(resource("context.json")));
    Model crate = ModelFactory.createDefaultModel();
    RDFParser.fromString(inlined.toString(), Lang.JSONLD).base(BASE).parse(crate);
    Model shapes = ModelFactory.createDefaultModel();
    RDFParser.source(resource("musts.ttl")).lang(Lang.TURTLE).base(BASE).parse(shapes);
    Resource report = ValidationUtil.validateModel(crate, shapes, false);
    if (report.getProperty(SH.conforms).getBoolean()) {
      return "";
    }
    StringWriter said = new StringWriter();
    report.getModel().write(said, "TURTLE");
    return said.toString();
  }

  private static JsonNode entity(JsonNode metadata, String id) {
    for (JsonNode entity : metadata.path("@graph")) {
      if (entity.path("@id").asText().equals(id)) {
        return entity;
      }
    }
    throw new AssertionError("no " + id + " in " + metadata);
  }

  @Test
  void write_aRun_conformsToTheShapesOfTheProfiles() throws IOException {
    Path crate = folder.resolve("crate");
    List<String> remarks = Exported.as(Form.CRATE, Exported.run(folder), crate);
    assertThat(complaints(metadata(crate))).isEmpty();
    assertThat(remarks).containsExactly("Missing: the bytes of /data/huge.bin were not kept.");
  }

  /** So that the test above could fail. */
  @ParameterizedTest
  @ValueSource(
      strings = {"mainEntity", "instrument", "step", "position", "hasPart", "additionalType"})
  void shapes_crateThatLacksSomething_complain(String property) throws IOException {
    Path crate = folder.resolve("crate");
    Exported.as(Form.CRATE, Exported.run(folder), crate);
    ObjectNode metadata = metadata(crate);
    metadata.path("@graph").forEach(entity -> ((ObjectNode) entity).remove(property));
    assertThat(complaints(metadata)).isNotEmpty();
  }

  @Test
  void write_aRun_hasItsDataVerdictsAndFailure() throws IOException {
    Path crate = folder.resolve("crate");
    Exported.as(Form.CRATE, Exported.run(folder), crate);
    JsonNode metadata = metadata(crate);
    JsonNode read = entity(metadata, "#execution-2");
    String input = read.at("/object/0/@id").asText();
    assertThat(crate.resolve(input)).hasContent("a,b\n");
    assertThat(entity(metadata, input).path("name").asText())
        .isEqualTo(Recorded.WORK + "/in put.csv");
    assertThat(entity(metadata, "#execution-3").at("/result/0/@id"))
        .isEqualTo(entity(metadata, "#execution-4").at("/object/0/@id"));
    assertThat(entity(metadata, "#execution-6").at("/actionStatus/@id").asText())
        .endsWith("FailedActionStatus");
    assertThat(entity(metadata, "#execution-6").path("error").asText()).contains("no");
    assertThat(entity(metadata, "#reproduction-1-step-1").path("value").asText())
        .isEqualTo("IDENTICAL");
    assertThat(entity(metadata, "#value-alpha").path("value").asText()).isEqualTo("0.5");
    assertThat(entity(metadata, "#run").path("object").findValuesAsText("@id"))
        .contains(input, "#value-alpha")
        .doesNotContain(entity(metadata, "#execution-4").at("/object/0/@id").asText());
    assertThat(entity(metadata, "iris.ipynb").path("hasPart")).hasSize(5);
    for (JsonNode part : entity(metadata, "./").path("hasPart")) {
      assertThat(crate.resolve(part.path("@id").asText())).isRegularFile();
    }
  }

  @Test
  void write_toAZipFile_isTheSameCrateInOneFile() throws IOException {
    Path crate = folder.resolve("crate");
    Path file = folder.resolve("crate.zip");
    Exported.as(Form.CRATE, Exported.run(folder), crate);
    Exported.as(Form.CRATE, Exported.run(folder), file);
    try (ZipFile zip = new ZipFile(file.toFile())) {
      byte[] metadata = zip.getInputStream(zip.getEntry("ro-crate-metadata.json")).readAllBytes();
      assertThat(metadata).isEqualTo(Files.readAllBytes(crate.resolve("ro-crate-metadata.json")));
      assertThat(zip.stream().map(Object::toString)).contains("iris.ipynb", "reproductions.json");
    }
    try (java.util.stream.Stream<Path> left = Files.list(folder)) {
      assertThat(left).noneMatch(it -> it.getFileName().toString().startsWith(".reprise-"));
    }
  }
}
