package reprise.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.management.ManagementFactory;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reprise.ledger.Digest;
import reprise.ledger.TrackingClient;

/** A recorder's bytes on their way to a real server. */
class UploadTest extends ServerTest {
  private static final int MEGABYTE = 1 << 20;
  private static final int LARGE = 64 * MEGABYTE;

  private TrackingClient uploads;
  private Path file;

  @BeforeEach
  void connect() {
    uploads = new TrackingClient(server.url(), TOKEN);
    file = folder.resolve("file.bin");
  }

  @Test
  void keep_largeFile_arrivesWholeAndLeavesTheHeapAlone() throws Exception {
    byte[] bytes = new byte[LARGE];
    new Random(1).nextBytes(bytes);
    Digest digest = Digest.of(Files.write(file, bytes));
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    uploads.keep(digest, file);
    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(4 * MEGABYTE);
    assertThat(uploads.missing(List.of(digest))).isEmpty();
    assertThat(uploads.blob(digest)).hasBinaryContent(bytes);
  }

  @Test
  void keep_emptyFile_arrives() throws Exception {
    Files.createFile(file);
    uploads.keep(Digest.of(""), file);
    assertThat(uploads.missing(List.of(Digest.of("")))).isEmpty();
  }

  @Test
  void keep_fileThatHasChanged_isRefusedWithTheReason() throws Exception {
    Files.writeString(file, "changed since");
    assertThatExceptionOfType(TrackingClient.Refused.class)
        .isThrownBy(() -> uploads.keep(Digest.of("as it was"), file))
        .withMessageContaining("announced as")
        .matches(refused -> refused.status() == 422);
  }

  @Test
  void keep_moreThanTheDiskHolds_isRefusedWithTheReason() throws Exception {
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(folder.toFile().getUsableSpace() + LARGE);
    }
    assertThatExceptionOfType(TrackingClient.Refused.class)
        .isThrownBy(() -> uploads.keep(Digest.of("whatever"), file))
        .withMessageContaining("not enough room")
        .matches(refused -> refused.status() == 507);
  }

  @Test
  void keep_withTheWrongToken_isRefusedWithTheReason() throws Exception {
    Files.writeString(file, "text");
    assertThatExceptionOfType(TrackingClient.Refused.class)
        .isThrownBy(() -> new TrackingClient(server.url(), "wrong").keep(Digest.of("text"), file))
        .withMessageContaining("token");
  }

  @Test
  void keep_fileThatIsGone_saysSo() {
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> uploads.keep(Digest.of("text"), file))
        .withMessageContaining("is gone before its bytes were kept");
  }

  @Test
  void keep_nobodyAnswers_saysHowToStartAServer() throws Exception {
    Files.writeString(file, "text");
    URI nowhere;
    try (ServerSocket socket = new ServerSocket(0)) {
      nowhere = URI.create("http://127.0.0.1:" + socket.getLocalPort());
    }
    assertThatExceptionOfType(TrackingClient.ServerAway.class)
        .isThrownBy(() -> new TrackingClient(nowhere, TOKEN).keep(Digest.of("text"), file))
        .withMessageContaining("start one with 'reprise server'");
  }
}
