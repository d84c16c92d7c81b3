package reprise.ledger;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something a cell showed. Kinds and field names are those of Jupyter's messages and of nbformat
 * 4.5, so that a notebook can be written from them without a table of translations.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "output_type")
public sealed interface Output {
  /** Text written to {@code stdout} or {@code stderr}. Consecutive pieces belong together. */
  @JsonTypeName("stream")
  record Stream(String name, String text) implements Output {}

  /** The rest of a stream too long to stand in the journal; the bytes are UTF-8, in a blob. */
  @JsonTypeName("stream_rest")
  record StreamRest(String name, long size, Digest digest) implements Output {}

  /** The value of the cell's last expression, in one or more forms by mime type. */
  @JsonTypeName("execute_result")
  record Result(
      @JsonProperty("execution_count") int executionCount,
      Map<String, JsonNode> data,
      Map<String, JsonNode> metadata)
      implements Output {}

  /** Something displayed on request; one with an id may be changed later. */
  @JsonTypeName("display_data")
  record Display(
      Map<String, JsonNode> data,
      Map<String, JsonNode> metadata,
      @JsonProperty("display_id") @JsonInclude(JsonInclude.Include.NON_NULL)
          @Nullable String displayId)
      implements Output {}

  /** Puts something else in the place of all displays with this id. */
  @JsonTypeName("update_display_data")
  record DisplayUpdate(
      Map<String, JsonNode> data,
      Map<String, JsonNode> metadata,
      @JsonProperty("display_id") String displayId)
      implements Output {}

  /** Takes back what the cell has shown so far, or does so when the next output comes. */
  @JsonTypeName("clear_output")
  record Cleared(@JsonProperty("wait") boolean waits) implements Output {}

  /** Why the cell failed, as shown under it. */
  @JsonTypeName("error")
  record Traceback(String ename, String evalue, List<String> traceback) implements Output {
    public Traceback {
      traceback = List.copyOf(traceback);
    }
  }
}
