package reprise.stream.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reprise.ledger.Trigger;
import reprise.server.StreamContract;

class KafkaStreamTest extends StreamContract {
  private static final int PARTITIONS = 2;

  @TempDir static Path data;
  private static KafkaBroker kafka;
  private static Admin admin;
  private static KafkaProducer<byte[], byte[]> producer;
  private int next;

  @BeforeAll
  static void serve() throws Exception {
    kafka = new KafkaBroker(data);
    admin = kafka.admin();
    producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", kafka.servers()),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  @AfterAll
  static void end() {
    producer.close(Duration.ZERO);
    admin.close(Duration.ZERO);
    kafka.close();
  }

  @BeforeEach
  void makeTopic() throws Exception {
    admin.createTopics(List.of(new NewTopic(stream, PARTITIONS, (short) 1))).all().get();
    while (!isThere()) { // a broker hears a little later of what the controller has made
      Thread.sleep(20);
    }
  }

  private boolean isThere() throws Exception {
    return admin.listTopics().names().get().contains(stream);
  }

  @Override
  protected Trigger trigger(
      @Nullable String parameter, @Nullable String key, @Nullable Integer debounceSeconds) {
    return new Trigger.Kafka(kafka.servers(), stream, group(), parameter, key, debounceSeconds);
  }

  /** The topic is the test's own, and so is the group, for all tests have the same Kafka. */
  @Override
  protected String group() {
    return "reprise-" + stream;
  }

  @Override
  protected void write(Map<String, String> fields, String text) throws Exception {
    ProducerRecord<byte[], byte[]> entry =
        new ProducerRecord<>(stream, 0, "key".getBytes(UTF_8), text.getBytes(UTF_8));
    fields.forEach((name, value) -> entry.headers().add(name, value.getBytes(UTF_8)));
    producer.send(entry).get();
  }

  @Override
  protected void scatter(String text) throws Exception {
    next = (next + 1) % PARTITIONS;
    producer.send(new ProducerRecord<>(stream, next, null, text.getBytes(UTF_8))).get();
  }

  @Override
  protected void write(List<String> texts) throws Exception {
    List<Future<RecordMetadata>> all = new ArrayList<>();
    texts.forEach(
        it -> all.add(producer.send(new ProducerRecord<>(stream, 0, null, it.getBytes(UTF_8)))));
    for (Future<RecordMetadata> each : all) {
      each.get();
    }
  }

  @Override
  protected void writeBytes(byte[] bytes) throws Exception {
    producer.send(new ProducerRecord<>(stream, 0, bytes, bytes)).get();
  }

  @Override
  protected void readAndDie() {
    Map<String, Object> config = new HashMap<>();
    config.put("bootstrap.servers", kafka.servers());
    config.put("group.id", group());
    config.put("enable.auto.commit", false);
    config.put("session.timeout.ms", 2000);
    config.put("heartbeat.interval.ms", 500);
    KafkaConsumer<byte[], byte[]> dead =
        new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    dead.subscribe(List.of(stream));
    while (dead.poll(Duration.ofMillis(100)).isEmpty()) {
      assertThat(dead.subscription()).isNotEmpty();
    }
    dead.close(
        CloseOptions.groupMembershipOperation(GroupMembershipOperation.REMAIN_IN_GROUP)
            .withTimeout(Duration.ZERO));
  }

  @Override
  protected void rewind() throws Exception {
    Map<TopicPartition, OffsetAndMetadata> beginning = new HashMap<>();
    for (int i = 0; i < PARTITIONS; i++) {
      beginning.put(new TopicPartition(stream, i), new OffsetAndMetadata(0));
    }
    admin.alterConsumerGroupOffsets(group(), beginning).all().get();
  }

  @Override
  protected long unconfirmed() throws Exception {
    Map<TopicPartition, OffsetAndMetadata> read =
        admin.listConsumerGroupOffsets(group()).partitionsToOffsetAndMetadata().get();
    long open = 0;
    for (int i = 0; i < PARTITIONS; i++) {
      TopicPartition partition = new TopicPartition(stream, i);
      open +=
          admin
                  .listOffsets(Map.of(partition, OffsetSpec.latest()))
                  .partitionResult(partition)
                  .get()
                  .offset()
              - Objects.requireNonNull(read.get(partition)).offset();
    }
    return open;
  }

  @Override
  protected void stopServer() {
    kafka.stop();
  }

  @Override
  protected void restartServer() throws Exception {
    kafka.start();
  }

  @Test
  void address_inAFile_isUsedWithAllThatItSays() throws Exception {
    Path file = data.resolve(stream + ".properties");
    Files.writeString(file, "bootstrap.servers=" + kafka.servers() + "\nclient.rack=here\n");
    set(new Trigger.Kafka(file.toString(), stream, group(), null, null, null));
    write(Map.of(), rate("0.7"));
    firings(1);
    assertThat(refusal(new Trigger.Kafka("/absent", stream, null, null, null, null)))
        .startsWith("the file /absent");
  }

  @Test
  void set_topicThatIsNotThere_isRefusedWithItsName() throws Exception {
    assertThat(refusal(new Trigger.Kafka(kafka.servers(), "absent", null, null, null, null)))
        .endsWith("has no topic absent; create it");
  }

  @Test
  void topic_madeAnewUnderItsName_isHeardFromItsBeginning() throws Exception {
    setTrigger();
    write(Map.of(), rate("0.1"));
    firings(1);
    whileAway(
        () -> {
          admin.deleteTopics(List.of(stream)).all().get();
          while (isThere()) {
            Thread.sleep(20);
          }
          makeTopic();
          write(Map.of(), rate("0.2")); // at the same place
        });
    assertThat(firings(2).get(1).parameters()).containsExactly(Map.entry("rate", "0.2"));
  }
}
