package reprise.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlobFolderTest {
  @TempDir Path root;
  private BlobFolder blobs;

  @BeforeEach
  void open() {
    blobs = new BlobFolder(root);
  }

  @Test
  void keep_thenFind_givesTheSameBytes() throws IOException {
    Digest digest = blobs.keep(bytes("a,b\n1,2\n"));
    assertThat(digest).isEqualTo(Digest.of("a,b\n1,2\n"));
    assertThat(blobs.find(digest).orElseThrow()).hasContent("a,b\n1,2\n");
  }

  @Test
  void find_unknownDigest_isEmpty() {
    assertThat(blobs.find(Digest.of("never kept"))).isEmpty();
  }

  @Test
  void keep_threadThatIsBeingStopped_keepsAllTheSame() throws IOException {
    Thread.currentThread().interrupt();
    Digest digest = blobs.keep(new ByteArrayInputStream("kept".getBytes(UTF_8)));
    assertThat(Thread.interrupted()).isTrue();
    assertThat(blobs.find(digest)).hasValueSatisfying(file -> assertThat(file).hasContent("kept"));
  }

  @Test
  void keep_otherBytesThanAnnounced_isRefusedAndLeavesNothing() throws IOException {
    Digest announced = Digest.of("this");
    assertThatThrownBy(() -> blobs.keep(announced, bytes("that")))
        .isInstanceOf(BlobFolder.WrongDigest.class)
        .hasMessageContaining(announced.hex())
        .hasMessageContaining(Digest.of("that").hex());
    assertThat(filesUnder(root)).isEmpty();
  }

  @Test
  void keep_streamThatBreaks_leavesNothing() throws IOException {
    InputStream breaking =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("gone");
          }

          @Override
          public int read(byte[] into, int from, int length) throws IOException {
            throw new IOException("gone");
          }
        };
    assertThatThrownBy(() -> blobs.keep(breaking)).hasMessage("gone");
    assertThat(filesUnder(root)).isEmpty();
  }

  @Test
  void keep_sameBytesFromManyThreads_isOneFile() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    Callable<Digest> keep = () -> blobs.keep(bytes("x".repeat(100_000)));
    List<Future<Digest>> kept = threads.invokeAll(java.util.Collections.nCopies(40, keep));
    threads.shutdown();
    for (Future<Digest> each : kept) {
      assertThat(each.get()).isEqualTo(Digest.of("x".repeat(100_000)));
    }
    assertThat(filesUnder(root)).hasSize(1);
  }

  private static InputStream bytes(String text) {
    return new ByteArrayInputStream(text.getBytes(UTF_8));
  }

  private static List<Path> filesUnder(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }
}
