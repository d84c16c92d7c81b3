package reprise.server.job.stream;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What came.
 *
 * @param id as the stream numbers it; never that of another
 * @param fields what stands beside its text
 * @param text null if it has none, so that the fields are all there is
 * @param damage why it cannot be read; null if it can
 */
public record Message(
    String id, Map<String, String> fields, @Nullable String text, @Nullable String damage) {
  public Message {
    fields = Map.copyOf(fields);
  }

  /**
   * Takes everything for text in UTF-8. If the text is none, or a field where there is no text, the
   * message is damaged; a field beside a text may be anything, and is left out then.
   */
  public static Message of(String id, Map<String, byte[]> fields, byte @Nullable [] text) {
    Map<String, String> read = new LinkedHashMap<>();
    String damaged = null;
    for (Map.Entry<String, byte[]> field : fields.entrySet()) {
      String value = utf8(field.getValue());
      if (value != null) {
        read.put(field.getKey(), value);
      } else if (text == null) {
        damaged = "its field '%s'".formatted(field.getKey());
      }
    }
    String whole = text == null ? null : utf8(text);
    if (text != null && whole == null) {
      damaged = "its text";
    }
    return new Message(id, read, whole, damaged == null ? null : damaged + " is not in UTF-8");
  }

  private static @Nullable String utf8(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }
}
