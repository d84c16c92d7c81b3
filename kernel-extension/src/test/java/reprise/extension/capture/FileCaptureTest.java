package reprise.extension.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static reprise.ledger.Data.Direction.DELETED;
import static reprise.ledger.Data.Direction.READ;
import static reprise.ledger.Data.Direction.WRITTEN;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reprise.extension.agent.FileTouch;
import reprise.extension.policy.Policy;
import reprise.ledger.BlobFolder;
import reprise.ledger.Data;
import reprise.ledger.Digest;

/** Plays what the hooks would tell, on a thread that is not the cell's, as a pool's thread is. */
class FileCaptureTest {
  @TempDir Path folder;
  private final ExecutorService hashing = Executors.newSingleThreadExecutor();
  private BlobFolder blobs;
  private FileCapture capture;
  private Path file;
  private Path other;

  @BeforeEach
  void begin() throws IOException {
    blobs = new BlobFolder(folder.resolve("blobs"));
    capture = capture(UnaryOperator.identity());
    file = folder.resolve("file.txt");
    other = folder.resolve("other.txt");
    Files.writeString(file, "old");
    capture.begin(1);
  }

  @AfterEach
  void stop() {
    hashing.shutdown();
  }

  private FileCapture capture(UnaryOperator<Path> redirection) {
    return new FileCapture(
        new FileDigests(blobs),
        new Allowance(Policy.DEFAULT),
        hashing,
        path -> path.endsWith("ignored.txt"),
        redirection);
  }

  @Test
  void touches_readTwiceUnchanged_isOneEntry() throws Exception {
    touch(FileTouch.READ, file, null);
    touch(FileTouch.READ, file, null);
    assertThat(capture.end())
        .containsExactly(new Data(READ, file.toString(), 3, Digest.of("old"), null));
  }

  @Test
  void touches_fileThatIsNotThere_isNothing() throws Exception {
    touch(FileTouch.READ, other, null);
    assertThat(capture.end()).isEmpty();
  }

  @Test
  void touches_truncate_keepsTheOldBytesAndHasTheNew() throws Exception {
    touch(FileTouch.TRUNCATE, file, null);
    Files.writeString(file, "new!");
    assertThat(capture.end())
        .extracting(Data::direction, Data::digest)
        .containsExactly(tuple(DELETED, Digest.of("old")), tuple(WRITTEN, Digest.of("new!")));
    assertThat(blobs.find(Digest.of("old")).orElseThrow()).hasContent("old");
  }

  @Test
  void touches_readRewriteReadAgain_tellsBothContentsInOrder() throws Exception {
    touch(FileTouch.READ, file, null);
    touch(FileTouch.TRUNCATE, file, null);
    Files.writeString(file, "new");
    touch(FileTouch.READ, file, null);
    assertThat(capture.end())
        .extracting(Data::direction, Data::digest)
        .containsExactly(
            tuple(READ, Digest.of("old")),
            tuple(DELETED, Digest.of("old")),
            tuple(WRITTEN, Digest.of("new")),
            tuple(READ, Digest.of("new")));
  }

  @Test
  void touches_append_readsWhatIsThereAndWritesAll() throws Exception {
    touch(FileTouch.APPEND, file, null);
    Files.writeString(file, "old and new");
    assertThat(capture.end())
        .extracting(Data::direction, Data::digest)
        .containsExactly(tuple(READ, Digest.of("old")), tuple(WRITTEN, Digest.of("old and new")));
  }

  @Test
  void touches_delete_keepsTheBytes() throws Exception {
    touch(FileTouch.DELETE, file, null);
    Files.delete(file);
    assertThat(capture.end())
        .extracting(Data::direction, Data::digest)
        .containsExactly(tuple(DELETED, Digest.of("old")));
    assertThat(blobs.find(Digest.of("old"))).isPresent();
  }

  @Test
  void touches_moveOntoAnother_tellsWhatWasLostAndWhereItWent() throws Exception {
    Files.writeString(other, "lost");
    touch(FileTouch.MOVE, file, other);
    Files.move(file, other, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    assertThat(capture.end())
        .extracting(Data::direction, Data::path, Data::digest)
        .containsExactly(
            tuple(DELETED, other.toString(), Digest.of("lost")),
            tuple(DELETED, file.toString(), Digest.of("old")),
            tuple(WRITTEN, other.toString(), Digest.of("old")));
    assertThat(blobs.find(Digest.of("lost"))).isPresent();
  }

  @Test
  void touches_largeFileReadThenTruncated_hasTheDigestOfWhatWasRead() throws Exception {
    byte[] large = new byte[20_000_000];
    Files.write(file, large);
    touch(FileTouch.READ, file, null);
    touch(FileTouch.TRUNCATE, file, null);
    Files.writeString(file, "short");
    assertThat(capture.end())
        .extracting(Data::direction, Data::digest)
        .containsExactly(
            tuple(READ, Digest.of(large)),
            tuple(DELETED, Digest.of(large)),
            tuple(WRITTEN, Digest.of("short")));
    assertThat(blobs.find(Digest.of(large))).isPresent();
  }

  @Test
  void touches_ignoredOrOutsideAStep_isNothing() throws Exception {
    touch(FileTouch.READ, folder.resolve("ignored.txt"), null);
    assertThat(capture.end()).isEmpty();
    touch(FileTouch.READ, file, null);
    capture.begin(1);
    assertThat(capture.end()).isEmpty();
  }

  @Test
  void touches_onTheCellsOwnThreadWithoutASnippet_isTheEngineAtWork() {
    capture.touches(FileTouch.READ, file, null);
    assertThat(capture.end()).isEmpty();
  }

  @Test
  void touches_onAPoolsThreadWithoutASnippet_countForTheRunningStep() throws Exception {
    capture.end();
    capture.begin(2);
    capture.loaded("REPL.$JShell$12");
    assertThat(capture.late()).isEmpty();
    Thread pool = new Thread(() -> capture.touches(FileTouch.READ, file, null));
    pool.start();
    pool.join();
    assertThat(capture.end()).hasSize(1); // no snippet on the stack: the running step's
  }

  @Test
  void touches_redirected_readsTheOtherFileUnderTheNameThatTheCellKnows() throws Exception {
    Files.writeString(other, "restored");
    FileCapture replay = capture(path -> path.equals(file) ? other : path);
    replay.begin(1);
    Thread pool = new Thread(() -> replay.touches(FileTouch.READ, file, null));
    pool.start();
    pool.join();
    assertThat(replay.end())
        .containsExactly(new Data(READ, file.toString(), 8, Digest.of("restored"), null));
  }

  @Test
  void touches_unreadableFile_saysWhyItHasNoDigest() throws Exception {
    capture = capture(path -> path.equals(file) ? Path.of("/proc/self/mem") : path);
    capture.begin(1);
    touch(FileTouch.READ, file, null);
    List<Data> data = capture.end();
    assertThat(data).hasSize(1);
    assertThat(data.get(0).digest()).isNull();
    assertThat(data.get(0).note()).startsWith("could not be read: java.io.IOException");
  }

  @Test
  void touches_fileThatChangesWhileItIsRead_hasNoDigestAndSaysWhy() throws Exception {
    Files.write(file, new byte[64 << 20]);
    AtomicBoolean goesOn = new AtomicBoolean(true);
    Thread writer = new Thread(() -> appendWhile(goesOn));
    writer.start();
    touch(FileTouch.READ, file, null);
    List<Data> data = capture.end();
    goesOn.set(false);
    writer.join();
    assertThat(data)
        .extracting(Data::digest, Data::note)
        .containsExactly(tuple(null, "could not be read: it changed while it was read"));
  }

  private void appendWhile(AtomicBoolean goesOn) {
    try {
      while (goesOn.get()) {
        Files.writeString(file, "+", StandardOpenOption.APPEND);
        Thread.sleep(1);
      }
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private void touch(FileTouch touch, Path path, @Nullable Path target) throws Exception {
    Thread pool = new Thread(() -> capture.touches(touch, path, target));
    pool.start();
    pool.join();
  }
}
