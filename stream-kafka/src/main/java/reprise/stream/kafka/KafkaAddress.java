package reprise.stream.kafka;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Where a Kafka is, and how to come in: its servers, or a file with the properties of a client,
 * which may have secrets in it.
 */
record KafkaAddress(String servers, Map<String, Object> properties) {
  static final Duration PATIENCE = Duration.ofSeconds(5);

  /** For so long nobody is taken for dead. */
  private static final Duration DEAD = Duration.ofSeconds(10);

  static KafkaAddress of(String server) throws IOException {
    if (!server.startsWith("/")) {
      return new KafkaAddress(server, Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, server));
    }
    Properties read = new Properties();
    try (var file = Files.newBufferedReader(Path.of(server))) {
      read.load(file);
    } catch (IOException | IllegalArgumentException e) {
      throw new IOException(
          "the file %s with the properties of a Kafka client cannot be read".formatted(server), e);
    }
    Map<String, Object> properties = new HashMap<>();
    read.stringPropertyNames().forEach(name -> properties.put(name, read.getProperty(name)));
    return new KafkaAddress(
        read.getProperty(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, "nowhere"), properties);
  }

  /** A consumer that asks about a group and is none of it. */
  Consumer<byte[], byte[]> onlooker(String group) throws IOException {
    return consumer(group, config("reprise"));
  }

  /** A consumer whose place in its group is its own, also after Kafka was away. */
  Consumer<byte[], byte[]> member(String group, String name) throws IOException {
    Map<String, Object> config = config(name);
    config.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, name.replaceAll("[^a-zA-Z0-9._-]", "-"));
    return consumer(group, config);
  }

  private Consumer<byte[], byte[]> consumer(String group, Map<String, Object> config)
      throws IOException {
    config.put(ConsumerConfig.GROUP_ID_CONFIG, group);
    config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest"); // e.g. of a new partition
    config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    config.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, (int) DEAD.toMillis());
    return made(
        () ->
            new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer()));
  }

  Admin admin(String name) throws IOException {
    return made(() -> Admin.create(config(name)));
  }

  private Map<String, Object> config(String name) {
    Map<String, Object> config = new HashMap<>(properties);
    config.put(ConsumerConfig.CLIENT_ID_CONFIG, name);
    config.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis());
    config.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis());
    config.put(ConsumerConfig.METRIC_REPORTER_CLASSES_CONFIG, List.of());
    config.put("enable.metrics.push", false);
    return config;
  }

  /** The client looks for its own classes by the thread's loader, which may not know them. */
  private <T> T made(Supplier<T> client) throws IOException {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(KafkaAddress.class.getClassLoader());
    try {
      return client.get();
    } catch (KafkaException e) {
      throw failure(e);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  IOException failure(Throwable e) {
    Throwable innermost = e;
    while (innermost.getCause() != null) {
      innermost = innermost.getCause();
    }
    return new IOException(
        "Kafka at %s %s: %s"
            .formatted(
                servers,
                innermost instanceof TimeoutException ? "does not answer" : "refuses",
                innermost.getMessage()),
        e);
  }
}
