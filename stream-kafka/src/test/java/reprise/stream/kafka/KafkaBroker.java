package reprise.stream.kafka;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.Uuid;

/** A Kafka of the test's own, broker and controller in one. What it holds outlives a restart. */
final class KafkaBroker implements AutoCloseable {
  private final Path folder;
  private final int port = freePort();
  private Process process;

  KafkaBroker(Path folder) throws Exception {
    this.folder = folder;
    int controller = freePort();
    Files.writeString(
        folder.resolve("server.properties"),
        """
        process.roles=broker,controller
        node.id=1
        controller.quorum.voters=1@127.0.0.1:%1$d
        listeners=PLAINTEXT://127.0.0.1:%2$d,CONTROLLER://127.0.0.1:%1$d
        advertised.listeners=PLAINTEXT://127.0.0.1:%2$d
        controller.listener.names=CONTROLLER
        log.dirs=%3$s
        offsets.topic.num.partitions=1
        offsets.topic.replication.factor=1
        transaction.state.log.replication.factor=1
        transaction.state.log.min.isr=1
        share.coordinator.state.topic.replication.factor=1
        share.coordinator.state.topic.min.isr=1
        group.initial.rebalance.delay.ms=0
        group.min.session.timeout.ms=1000
        broker.session.timeout.ms=3000
        broker.heartbeat.interval.ms=500
        auto.create.topics.enable=false
        """
            .formatted(controller, port, folder.resolve("log")));
    String properties = folder.resolve("server.properties").toString();
    String cluster = Uuid.randomUuid().toString();
    run("kafka.tools.StorageTool", "format", "-t", cluster, "-c", properties).onExit().join();
    start();
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0)) {
      return free.getLocalPort();
    }
  }

  private Process run(String... words) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx256m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(words));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("kafka.log").toFile()))
        .start();
  }

  String servers() {
    return "127.0.0.1:" + port;
  }

  void start() throws Exception {
    process = run("kafka.Kafka", folder.resolve("server.properties").toString());
    for (long end = System.nanoTime() + Duration.ofSeconds(60).toNanos(); !answers(); ) {
      if (System.nanoTime() > end || !process.isAlive()) {
        throw new IOException(
            "Kafka did not start: " + Files.readString(folder.resolve("kafka.log")));
      }
    }
  }

  private boolean answers() throws InterruptedException {
    Map<String, Object> soon = Map.of("default.api.timeout.ms", 500, "request.timeout.ms", 500);
    try (Admin admin = admin(soon)) {
      return !admin.describeCluster().nodes().get().isEmpty();
    } catch (ExecutionException e) {
      return false;
    }
  }

  Admin admin() {
    return admin(Map.of());
  }

  private Admin admin(Map<String, Object> more) {
    Map<String, Object> config = new HashMap<>(more);
    config.put("bootstrap.servers", servers());
    return Admin.create(config);
  }

  /** Kills it. */
  void stop() {
    process.destroyForcibly().onExit().join();
  }

  @Override
  public void close() {
    stop();
  }
}
