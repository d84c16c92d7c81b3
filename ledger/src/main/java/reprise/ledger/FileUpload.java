package reprise.ledger;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.ProtocolException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Bytes on their way to a server. They do not go through the JDK's newer HTTP client, which takes a
 * new buffer for every 16 KiB: a notebook's heap would grow by all that is uploaded.
 */
final class FileUpload {
  private static final int BLOCK = 1 << 16;
  private static final int CONNECT_MILLIS = 5_000;
  private static final int ANSWER_MILLIS = 30 * 60 * 1_000;

  private final HttpURLConnection connection;
  private final String name;

  private FileUpload(HttpURLConnection connection, String name) {
    this.connection = connection;
    this.name = name;
  }

  /**
   * What the server said.
   *
   * @param body null if it said no before it had seen a byte
   */
  record Answer(int status, @Nullable String body) {}

  /**
   * Sends the file with {@code PUT}.
   *
   * @throws FileGone if it cannot be read from its beginning to its end
   * @throws IOException if the server cannot be reached, or hangs up
   */
  static Answer put(URI target, String token, Path file) throws IOException {
    try (InputStream in = open(file)) {
      return put(target, token, file.toString(), in, Files.size(file));
    }
  }

  /**
   * Sends {@code size} bytes of what {@code in} gives with {@code PUT}.
   *
   * @param name for people
   */
  static Answer put(URI target, String token, String name, InputStream in, long size)
      throws IOException {
    HttpURLConnection connection = (HttpURLConnection) target.toURL().openConnection();
    try {
      return new FileUpload(connection, name).put(token, in, size);
    } finally {
      connection.disconnect();
    }
  }

  /** There is nothing to send, or less than there was. */
  static final class FileGone extends IOException {
    private static final long serialVersionUID = 1L;

    FileGone(String name, @Nullable IOException cause) {
      super(name + " is gone before its bytes were kept", cause);
    }
  }

  private Answer put(String token, InputStream in, long size) throws IOException {
    connection.setRequestMethod("PUT");
    connection.setDoOutput(true);
    connection.setUseCaches(false);
    connection.setConnectTimeout(CONNECT_MILLIS);
    connection.setReadTimeout(ANSWER_MILLIS);
    connection.setRequestProperty("Authorization", "Bearer " + token);
    connection.setRequestProperty("Content-Type", "application/octet-stream");
    connection.setRequestProperty("Expect", "100-continue");
    connection.setFixedLengthStreamingMode(size);
    try (OutputStream out = connection.getOutputStream()) {
      send(in, out, size);
    } catch (ProtocolException e) {
      return new Answer(connection.getResponseCode(), null);
    }
    return new Answer(connection.getResponseCode(), body());
  }

  private static InputStream open(Path file) throws FileGone {
    try {
      return Files.newInputStream(file);
    } catch (IOException e) {
      throw new FileGone(file.toString(), e);
    }
  }

  private void send(InputStream in, OutputStream out, long size) throws IOException {
    byte[] block = new byte[BLOCK];
    for (long left = size; left > 0; ) {
      int read = in.read(block, 0, (int) Math.min(block.length, left));
      if (read < 0) {
        throw new FileGone(name, null);
      }
      out.write(block, 0, read);
      left -= read;
    }
  }

  private String body() throws IOException {
    InputStream body =
        connection.getResponseCode() < 400
            ? connection.getInputStream()
            : connection.getErrorStream();
    if (body == null) {
      return "";
    }
    try (body) {
      return new String(body.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
