package reprise.server.event;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import reprise.ledger.RunEvent;
import reprise.ledger.Wire;
import reprise.server.http.Body;
import reprise.server.http.Refusal;
import reprise.server.http.Whole;

/**
 * An event beside the very text that was sent. The text is what is kept: a newer client may have
 * written fields that this server does not know, and they must not be lost here.
 */
record SentEvent(RunEvent event, String text) {
  /**
   * The events of a JSON array, in its order.
   *
   * @throws Refusal 400 if it is not one
   */
  static List<SentEvent> all(byte[] array) throws IOException {
    List<SentEvent> found = new ArrayList<>();
    try (JsonParser parser = Wire.JSON.createParser(array)) {
      if (parser.nextToken() != JsonToken.START_ARRAY) {
        throw new Refusal(400, "the body is not a JSON array of events");
      }
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        found.add(next(parser, array));
      }
    } catch (JsonProcessingException e) {
      throw Body.unreadable(e);
    }
    return found;
  }

  private static SentEvent next(JsonParser parser, byte[] array) throws IOException {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      throw new Refusal(400, "the body is not a JSON array of events");
    }
    int start = (int) parser.currentTokenLocation().getByteOffset();
    parser.skipChildren();
    int length = (int) parser.currentLocation().getByteOffset() - start;
    RunEvent event = Wire.JSON.readValue(array, start, length, RunEvent.class);
    return new SentEvent(
        Whole.checked(event, "event " + event.number()),
        new String(array, start, length, StandardCharsets.UTF_8));
  }

  /** Whether {@code stored} says the same; how it is spaced and ordered does not count. */
  boolean says(String stored) {
    try {
      return text.equals(stored) || Wire.JSON.readTree(text).equals(Wire.JSON.readTree(stored));
    } catch (JsonProcessingException e) {
      throw new AssertionError("both have been read before", e);
    }
  }
}
