package reprise.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL of one's own on loopback, from Debian's packages. It sorts as English does, so that
 * nothing here may rely on bytes by chance, and keeps nothing safe from a loss of power.
 */
public final class PostgresServer implements AutoCloseable {
  private static final Path DEBIAN = Path.of("/usr/lib/postgresql");
  private static final AtomicInteger DATABASES = new AtomicInteger();
  private static @Nullable PostgresServer ofThisJvm;

  private final Path folder;
  private final int port;

  private PostgresServer(Path folder, int port) {
    this.folder = folder;
    this.port = port;
  }

  /** One for all tests of this JVM, which ends with it. */
  static synchronized PostgresServer ofThisJvm() {
    if (ofThisJvm == null) {
      PostgresServer started = start();
      Runtime.getRuntime().addShutdownHook(new Thread(started::close));
      ofThisJvm = started;
    }
    return ofThisJvm;
  }

  public static PostgresServer start() {
    try {
      Path folder = Files.createTempDirectory("postgresql");
      PostgresServer server = new PostgresServer(folder, freePort());
      if (isRoot()) {
        run(List.of("chown", "postgres", folder.toString()));
      }
      server.command(
          "initdb",
          "--username=reprise",
          "--auth=trust",
          "--no-sync",
          "--encoding=UTF8",
          "--locale=C.UTF-8",
          "--locale-provider=icu",
          "--icu-locale=en");
      server.resume();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  /** Starts it again after {@link #halt}. */
  public void resume() {
    command(
        "pg_ctl",
        "--wait",
        "--log=" + folder.resolve("log"),
        "--options="
            + "-p %d -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off"
                .formatted(port)
            + " -c full_page_writes=off -c max_connections=200",
        "start");
  }

  /** Ends it at once, and all connections with it. */
  public void halt() {
    command("pg_ctl", "--wait", "--mode=immediate", "stop");
  }

  /** The URL of a new, empty database. */
  public String database() {
    String name = "t" + DATABASES.incrementAndGet();
    run(
        List.of(
            bin().resolve("createdb").toString(),
            "--host=127.0.0.1",
            "--port=" + port,
            "--username=reprise",
            name));
    return "jdbc:postgresql://127.0.0.1:%d/%s?user=reprise".formatted(port, name);
  }

  private void command(String program, String... words) {
    List<String> command = new ArrayList<>();
    if (isRoot()) { // under which it refuses to run
      command.addAll(List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"));
    }
    command.add(bin().resolve(program).toString());
    command.add("--pgdata=" + folder.resolve("data"));
    command.addAll(List.of(words));
    run(command);
  }

  private static Path bin() {
    Path newest = null;
    try (DirectoryStream<Path> versions = Files.newDirectoryStream(DEBIAN)) {
      for (Path version : versions) {
        if (newest == null || version.compareTo(newest) > 0) {
          newest = version;
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("'apt-get install postgresql' brings it", e);
    }
    return newest == null ? DEBIAN : newest.resolve("bin");
  }

  private static boolean isRoot() {
    return System.getProperty("user.name").equals("root");
  }

  private static void run(List<String> command) {
    try {
      Path said = Files.createTempFile("postgresql", ".txt"); // the daemon keeps a pipe open
      Process process =
          new ProcessBuilder(command)
              .directory(Path.of("/").toFile())
              .redirectErrorStream(true)
              .redirectOutput(said.toFile())
              .start();
      if (process.waitFor() != 0) {
        throw new IOException(command + ": " + Files.readString(said, UTF_8));
      }
      Files.delete(said);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    halt();
    run(List.of("rm", "-r", folder.toString()));
  }
}
