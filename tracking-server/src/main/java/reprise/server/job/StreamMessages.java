package reprise.server.job;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import reprise.ledger.Digest;
import reprise.ledger.Job;
import reprise.ledger.JobVersion;
import reprise.ledger.Trigger;
import reprise.ledger.Wire;
import reprise.server.http.Refusal;
import reprise.server.job.Firings.Occasion;
import reprise.server.job.JobTable.Due;
import reprise.server.job.stream.Message;

/** Has messages of streams start jobs. */
record StreamMessages(Firings firings, Debounce debounce) {
  private static final int LONGEST_KEY = 200;

  /** Takes in messages of a trigger's, each once; null if the trigger is gone. */
  @Nullable Job take(Handle handle, Due due, List<Message> messages) {
    JobTable table = handle.attach(JobTable.class);
    Job job = table.trigger(due.id()).flatMap(it -> table.find(it.job())).orElse(null);
    if (job != null) {
      JobVersion version = table.version(job.job(), job.version()).orElseThrow();
      messages.forEach(it -> take(handle, due, job, version, it));
    }
    return job;
  }

  private void take(Handle handle, Due due, Job job, JobVersion version, Message message) {
    Trigger.Stream stream = (Trigger.Stream) due.trigger();
    String key = key(stream, message);
    if (handle.attach(JobTable.class).hear(due.id(), key, firings.now()) == 0) {
      return;
    }
    String of = "message %s of %s".formatted(message.id(), stream.stream());
    String whole = "stream:%d:%s".formatted(due.id(), key);
    try {
      Map<String, String> parameters = parameters(stream, message);
      ParameterCheck.of("job " + job.job(), version.parameters(), parameters);
      debounce.take(handle, due, job, new Occasion(whole, of, false, null, parameters));
    } catch (Refusal | IllegalArgumentException e) {
      firings.refuse(
          handle,
          job,
          new Occasion(whole, of, false, null, Map.of()),
          "the message says nothing that the job understands: " + e.getMessage());
    }
  }

  /** What makes a message the same as another. */
  private static String key(Trigger.Stream stream, Message message) {
    String name = stream.key();
    String value = name == null ? null : field(name, message);
    if (value == null) {
      return message.id();
    }
    return name
        + "="
        + (value.length() > LONGEST_KEY ? Digest.of(value.getBytes(UTF_8)).hex() : value);
  }

  private static @Nullable String field(String name, Message message) {
    String beside = message.fields().get(name);
    String text = message.text();
    if (beside != null || text == null) {
      return beside;
    }
    try {
      JsonNode within = Wire.JSON.readTree(text).path(name);
      return within.isValueNode() && !within.isNull() ? within.asText() : null;
    } catch (JsonProcessingException e) {
      return null;
    }
  }

  private static Map<String, String> parameters(Trigger.Stream stream, Message message) {
    String damage = message.damage();
    if (damage != null) {
      throw new Refusal(400, damage);
    }
    String text = message.text();
    String parameter = stream.parameter();
    Map<String, String> fields = new TreeMap<>(message.fields());
    if (parameter != null) {
      return Map.of(parameter, text == null ? Wire.write(fields) : text);
    }
    if (text == null) {
      fields.keySet().removeIf(it -> it.equals(stream.key()));
      return fields;
    }
    try {
      return Hooks.parameters(text.getBytes(UTF_8));
    } catch (IOException e) {
      throw new Refusal(400, String.valueOf(e.getMessage()));
    }
  }
}
