package reprise.stream.redis;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisException;

/** A Redis of the test's own, as Debian has it. What it holds outlives a restart. */
final class RedisServer implements AutoCloseable {
  private final Path folder;
  private final @Nullable String password;
  private final int port;
  private Process process;

  RedisServer(Path folder, @Nullable String password) throws Exception {
    this.folder = Files.createDirectories(folder);
    this.password = password;
    try (ServerSocket free = new ServerSocket(0)) {
      this.port = free.getLocalPort();
    }
    start();
  }

  int port() {
    return port;
  }

  Jedis client() {
    return new Jedis(
        new HostAndPort("127.0.0.1", port),
        DefaultJedisClientConfig.builder().password(password).build());
  }

  void start() throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of("redis-server", "--port", String.valueOf(port), "--bind", "127.0.0.1"));
    command.addAll(List.of("--save", "", "--appendonly", "yes", "--appendfsync", "always"));
    command.addAll(List.of("--dir", folder.toString()));
    if (password != null) {
      command.addAll(List.of("--requirepass", password));
    }
    process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("redis.log").toFile())
            .start();
    for (long end = System.nanoTime() + Duration.ofSeconds(20).toNanos(); !answers(); ) {
      if (System.nanoTime() > end || !process.isAlive()) {
        throw new IOException("redis-server did not start; see " + folder.resolve("redis.log"));
      }
      Thread.sleep(20);
    }
  }

  private boolean answers() {
    try (Jedis jedis = client()) {
      return jedis.ping().equals("PONG");
    } catch (JedisException e) {
      return false;
    }
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
