package reprise.extension.kernel;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.dflib.jjava.jupyter.messages.HMACGenerator;
import org.dflib.jjava.jupyter.messages.Header;
import org.dflib.jjava.jupyter.messages.KernelTimestamp;
import org.dflib.jjava.jupyter.messages.Message;
import org.dflib.jjava.jupyter.messages.MessageContext;
import org.dflib.jjava.jupyter.messages.MessageType;
import org.jspecify.annotations.Nullable;

/**
 * What a client asks.
 *
 * @param type as the client calls it, also where we do not know it
 */
record Request(
    String type,
    List<byte[]> identities,
    Header<?> header,
    JsonObject metadata,
    JsonObject content,
    List<byte[]> blobs)
    implements MessageContext {
  private static final byte[] DELIMITER = "<IDS|MSG>".getBytes(StandardCharsets.US_ASCII);

  /** Reads a message; one that is not signed with our key or not a message is an exception. */
  static Request of(List<byte[]> parts, HMACGenerator signer) {
    int start = 0;
    while (start < parts.size() && !MessageDigest.isEqual(parts.get(start), DELIMITER)) {
      start++;
    }
    if (parts.size() < start + 6) {
      throw new IllegalArgumentException("not a Jupyter message");
    }
    List<byte[]> signed = parts.subList(start + 2, start + 6);
    String expected = signer.calculateSignature(signed.toArray(new byte[0][]));
    if (!MessageDigest.isEqual(expected.getBytes(StandardCharsets.US_ASCII), parts.get(start + 1))
        && !expected.isEmpty()) {
      throw new IllegalArgumentException("a message signed with another key");
    }
    JsonObject header = json(signed.get(0));
    return new Request(
        text(header, "msg_type"),
        List.copyOf(parts.subList(0, start)),
        header(header),
        json(signed.get(2)),
        json(signed.get(3)),
        new ArrayList<>(parts.subList(start + 6, parts.size())));
  }

  private static JsonObject json(byte[] part) {
    try {
      JsonElement json = JsonParser.parseString(new String(part, StandardCharsets.UTF_8));
      if (json.isJsonObject()) {
        return json.getAsJsonObject();
      }
    } catch (JsonParseException e) {
      throw new IllegalArgumentException("a message that is not JSON", e);
    }
    throw new IllegalArgumentException("a message part that is not a JSON object");
  }

  private static Header<?> header(JsonObject header) {
    return new Header<>(
        text(header, "msg_id"),
        text(header, "username"),
        text(header, "session"),
        new KernelTimestamp(text(header, "date")),
        MessageType.getType(text(header, "msg_type")),
        text(header, "version"));
  }

  private static String text(JsonObject object, String name) {
    JsonElement value = object.get(name);
    return value instanceof JsonPrimitive known ? known.getAsString() : "";
  }

  @Override
  public List<byte[]> getIdentities() {
    return identities;
  }

  @Override
  public Header<?> getHeader() {
    return header;
  }

  String text(String name) {
    return text(content, name);
  }

  boolean flag(String name, boolean otherwise) {
    JsonElement value = content.get(name);
    return value instanceof JsonPrimitive known ? known.getAsBoolean() : otherwise;
  }

  int number(String name, int otherwise) {
    JsonElement value = content.get(name);
    return value instanceof JsonPrimitive known ? known.getAsInt() : otherwise;
  }

  /** A text in the message's metadata; null if it has none of that name. */
  @Nullable String note(String name) {
    String value = text(metadata, name);
    return value.isEmpty() ? null : value;
  }

  /** The request as the library's comms want it. */
  <T> Message<T> as(T typed) {
    Map<String, Object> notes = new LinkedHashMap<>();
    metadata.entrySet().forEach(note -> notes.put(note.getKey(), note.getValue()));
    @SuppressWarnings("unchecked") // the header's type was made from the same name
    Header<T> known = (Header<T>) header;
    return new Message<>(identities, known, null, notes, typed, blobs);
  }

  /** Says something back to the client. */
  Message<?> answer(MessageType<?> kind, Object said) {
    @SuppressWarnings("unchecked") // what is said is turned into JSON, whatever its class
    MessageType<Object> any = (MessageType<Object>) kind;
    return new Message<>(this, any, said);
  }
}
