package reprise.extension.session;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import reprise.ledger.Wire;

/**
 * A kernelspec like another one, whose kernel is recorded. The agent comes by {@code
 * JAVA_TOOL_OPTIONS}: that reaches the JVM in which the kernel runs, whatever starts it.
 *
 * @param original the folder of the other kernelspec
 * @param spec what stands in its {@code kernel.json}
 */
record Twin(Path original, ObjectNode spec) {
  private static final String OPTIONS = "JAVA_TOOL_OPTIONS";
  private static final String MARK = "reprise_twin_of";
  private static final String OURS = "reprise.extension.";

  /**
   * The twin of a kernelspec.
   *
   * @throws IllegalArgumentException if it is one that needs no twin or cannot have one
   */
  static Twin of(Path folder) throws IOException {
    String name = String.valueOf(folder.getFileName());
    JsonNode read = Wire.JSON.readTree(Files.readString(folder.resolve("kernel.json")));
    if (!(read instanceof ObjectNode spec) || !spec.path("argv").isArray()) {
      throw new IllegalArgumentException(
          folder.resolve("kernel.json") + " is no kernelspec; install that kernel again.");
    }
    String language = spec.path("language").asText();
    if (!language.toLowerCase(Locale.ROOT).equals("java")) {
      throw new IllegalArgumentException(
          "'%s' is a kernel for %s; only Java kernels can be recorded.".formatted(name, language));
    }
    JsonNode twinOf = spec.path("metadata").path(MARK);
    if (twinOf.isTextual()) {
      throw new IllegalArgumentException(
          "'%s' is a recorded twin already; use 'reprise kernel attach %s' to renew it."
              .formatted(name, twinOf.asText()));
    }
    for (JsonNode word : spec.path("argv")) {
      if (word.asText().startsWith(OURS)) {
        throw new IllegalArgumentException(
            "'%s' is Reprise's own kernel and is recorded already; use it as it is."
                .formatted(name));
      }
    }
    return new Twin(folder, spec);
  }

  /** Its name among the kernels. */
  String name() {
    return original.getFileName() + "-recorded";
  }

  /** Writes the twin into {@code folder}, in the place of an earlier one. */
  void writeTo(Path folder, Path agent) throws IOException {
    ObjectNode twin = spec.deepCopy();
    String display = spec.path("display_name").asText(String.valueOf(original.getFileName()));
    twin.put("display_name", display + " (recorded)");
    ArrayNode argv = twin.putArray("argv");
    for (JsonNode word : spec.path("argv")) { // its own files lie where they did
      argv.add(word.asText().replace("{resource_dir}", original.toAbsolutePath().toString()));
    }
    ObjectNode environment = twin.withObjectProperty("env");
    String options = environment.path(OPTIONS).asText();
    environment.put(OPTIONS, (options + " " + option(agent)).strip());
    twin.withObjectProperty("metadata").put(MARK, String.valueOf(original.getFileName()));
    Files.createDirectories(folder);
    copyIcons(folder);
    Files.writeString(folder.resolve("kernel.json"), twin.toPrettyString() + "\n");
  }

  /** The JVM splits the variable at blanks that do not stand between quotation marks. */
  private static String option(Path agent) {
    String option = "-javaagent:" + agent;
    return option.matches(".*\\s.*") ? '"' + option + '"' : option;
  }

  private void copyIcons(Path folder) throws IOException {
    try (DirectoryStream<Path> icons = Files.newDirectoryStream(original, "logo*")) {
      for (Path icon : icons) {
        Files.copy(icon, folder.resolve(icon.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }
}
