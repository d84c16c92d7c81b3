package reprise.ledger;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;

/**
 * Bytes on their way from a server. They do not go through the JDK's newer HTTP client either, see
 * {@link FileUpload}: for a gibibyte that costs as much processor as its hash.
 */
final class FileDownload {
  private static final int CONNECT_MILLIS = 5_000;
  private static final int ANSWER_MILLIS = 30 * 60 * 1_000;

  private FileDownload() {}

  /**
   * What the server says.
   *
   * @param body to be read to the end and closed; of a refusal, its words
   */
  record Answer(int status, InputStream body) {}

  /**
   * Asks with {@code GET}.
   *
   * @throws IOException if the server cannot be reached, or hangs up
   */
  static Answer get(URI source, String token) throws IOException {
    HttpURLConnection connection = (HttpURLConnection) source.toURL().openConnection();
    connection.setUseCaches(false);
    connection.setConnectTimeout(CONNECT_MILLIS);
    connection.setReadTimeout(ANSWER_MILLIS);
    connection.setRequestProperty("Authorization", "Bearer " + token);
    int status = connection.getResponseCode();
    InputStream body = status < 400 ? connection.getInputStream() : connection.getErrorStream();
    return new Answer(status, body == null ? InputStream.nullInputStream() : body);
  }
}
