package reprise.stream.kafka;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.header.Header;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reprise.server.job.stream.Message;
import reprise.server.job.stream.MessageStream;
import reprise.server.job.stream.StreamKind.Place;

/** A topic of Kafka, read as one of a group. */
final class KafkaStream implements MessageStream {
  private static final Logger LOG = LoggerFactory.getLogger(KafkaStream.class);
  private static final byte[] NOTHING = {};

  /** The consumer says nothing of it when all servers are gone, so they are asked now and then. */
  private static final Duration BETWEEN_SIGNS = Duration.ofSeconds(2);

  private final KafkaAddress address;
  private final Place place;
  private final Uuid topic;
  private final Consumer<byte[], byte[]> consumer;
  private long sign = System.nanoTime();

  private KafkaStream(
      KafkaAddress address, Place place, Uuid topic, Consumer<byte[], byte[]> consumer) {
    this.address = address;
    this.place = place;
    this.topic = topic;
    this.consumer = consumer;
  }

  static void join(Place place) throws IOException {
    KafkaAddress address = KafkaAddress.of(place.server());
    topic(address, place);
    Consumer<byte[], byte[]> consumer = address.onlooker(place.group());
    try {
      Set<TopicPartition> all =
          consumer.partitionsFor(place.stream(), KafkaAddress.PATIENCE).stream()
              .map(it -> new TopicPartition(it.topic(), it.partition()))
              .collect(Collectors.toSet());
      Map<TopicPartition, OffsetAndMetadata> known = consumer.committed(all, KafkaAddress.PATIENCE);
      all.removeIf(it -> known.get(it) != null);
      Map<TopicPartition, OffsetAndMetadata> ends = new HashMap<>();
      consumer
          .endOffsets(all, KafkaAddress.PATIENCE)
          .forEach((partition, end) -> ends.put(partition, new OffsetAndMetadata(end)));
      if (!ends.isEmpty()) {
        consumer.commitSync(ends, KafkaAddress.PATIENCE);
      }
    } catch (KafkaException e) {
      throw address.failure(e);
    } finally {
      close(consumer);
    }
  }

  static KafkaStream open(Place place, String name) throws IOException {
    KafkaAddress address = KafkaAddress.of(place.server());
    Uuid topic = topic(address, place);
    Consumer<byte[], byte[]> consumer = address.member(place.group(), name);
    consumer.subscribe(List.of(place.stream()));
    return new KafkaStream(address, place, topic, consumer);
  }

  /** A topic that is made anew under the same name counts its records from the beginning again. */
  private static Uuid topic(KafkaAddress address, Place place) throws IOException {
    try (Admin admin = address.admin("reprise")) {
      return admin
          .describeTopics(Set.of(place.stream()))
          .allTopicNames()
          .get()
          .values()
          .iterator()
          .next()
          .topicId();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException) {
        throw new IOException(
            "Kafka at %s has no topic %s; create it".formatted(address.servers(), place.stream()),
            e);
      }
      throw address.failure(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while asking for " + place, e);
    }
  }

  @Override
  public List<Message> next(Duration longest) throws IOException {
    try {
      List<Message> messages = new ArrayList<>();
      consumer.poll(longest).forEach(it -> messages.add(message(it)));
      long now = System.nanoTime();
      if (messages.isEmpty() && now - sign > BETWEEN_SIGNS.toNanos()) {
        consumer.endOffsets(List.of(new TopicPartition(place.stream(), 0)), KafkaAddress.PATIENCE);
        sign = now;
      }
      return messages;
    } catch (KafkaException e) {
      throw address.failure(e);
    }
  }

  private Message message(ConsumerRecord<byte[], byte[]> entry) {
    Map<String, byte[]> fields = new LinkedHashMap<>();
    if (entry.key() != null) {
      fields.put("key", entry.key());
    }
    for (Header header : entry.headers()) {
      fields.put(header.key(), header.value() == null ? NOTHING : header.value());
    }
    return Message.of(
        "%d-%d-%s".formatted(entry.partition(), entry.offset(), topic),
        fields,
        entry.value() == null ? NOTHING : entry.value());
  }

  @Override
  public void confirm() throws IOException {
    try {
      consumer.commitSync(KafkaAddress.PATIENCE);
    } catch (RebalanceInProgressException | CommitFailedException e) {
      LOG.debug("{} is shared out anew, and what was read may come again", place, e);
    } catch (KafkaException e) {
      throw address.failure(e);
    }
  }

  @Override
  public void close() {
    close(consumer);
  }

  private static void close(Consumer<byte[], byte[]> consumer) {
    try {
      consumer.close(
          CloseOptions.timeout(Duration.ofSeconds(1))
              .withGroupMembershipOperation(GroupMembershipOperation.LEAVE_GROUP));
    } catch (KafkaException e) {
      LOG.debug("the group hears of it later", e);
    }
  }
}
