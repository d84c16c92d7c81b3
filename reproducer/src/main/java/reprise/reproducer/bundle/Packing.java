package reprise.reproducer.bundle;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDateTime;
import java.util.HexFormat;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import reprise.ledger.Digest;

/**
 * A bundle while it is written: entries one after another, then manifest and seal. Nothing is
 * compressed, so that nobody can be sent a small file that becomes a large one, and the same run
 * gives the same bytes on every JDK.
 */
final class Packing implements Closeable {
  private static final int BLOCK = 1 << 17;
  private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

  private final Zip zip;
  private final Manifest manifest = new Manifest();

  private Packing(Zip zip) {
    this.zip = zip;
  }

  static Packing into(Path file) throws IOException {
    return new Packing(new Zip(new Seal.Out(new BufferedOutputStream(out(file), BLOCK))));
  }

  private static OutputStream out(Path file) throws IOException {
    return Files.newOutputStream(file);
  }

  /** Writes the bytes of an entry. */
  @FunctionalInterface
  interface Content {
    void write(OutputStream out) throws IOException;
  }

  /** Writes one entry and returns the digest of its bytes. */
  Digest add(String name, Content content) throws IOException {
    open(name);
    Counted counted = new Counted(zip);
    DigestOutputStream digested = new DigestOutputStream(counted, sha256());
    content.write(digested);
    zip.closeEntry();
    Digest digest = new Digest(HexFormat.of().formatHex(digested.getMessageDigest().digest()));
    manifest.add(digest, counted.count, name);
    return digest;
  }

  Digest add(String name, InputStream bytes) throws IOException {
    byte[] block = new byte[BLOCK];
    return add(
        name,
        out -> {
          for (int n = bytes.read(block); n >= 0; n = bytes.read(block)) {
            out.write(block, 0, n);
          }
        });
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }

  private void open(String name) throws IOException {
    ZipEntry entry = new ZipEntry(name);
    entry.setTimeLocal(NO_TIME);
    zip.putNextEntry(entry);
  }

  /** Writes what stands behind the entries; without it the file is no bundle. */
  void finish() throws IOException {
    open(Manifest.NAME);
    zip.write(manifest.text().getBytes(StandardCharsets.UTF_8));
    zip.closeEntry();
    zip.setComment(Seal.BLANK);
    zip.finish();
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }

  /** With larger steps than the JDK's 512 bytes. */
  private static final class Zip extends ZipOutputStream {
    Zip(OutputStream out) {
      super(out, StandardCharsets.UTF_8);
      buf = new byte[BLOCK];
      setLevel(Deflater.NO_COMPRESSION);
    }
  }

  private static final class Counted extends FilterOutputStream {
    private long count;

    Counted(OutputStream out) {
      super(out);
    }

    @Override
    public void write(int one) throws IOException {
      out.write(one);
      count++;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
      count += length;
    }
  }
}
