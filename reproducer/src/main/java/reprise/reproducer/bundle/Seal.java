package reprise.reproducer.bundle;

import java.io.BufferedInputStream;
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
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The last bytes of a bundle: the SHA-256 of all before them, in hex. A zip file has many bytes
 * that belong to no entry; this is what speaks for them.
 */
final class Seal {
  static final int LENGTH = 64;

  /** What stands there until the seal is known. */
  static final String BLANK = "0".repeat(LENGTH);

  private Seal() {}

  /** Whether the file ends with the seal of the rest of it. */
  static boolean holds(Path file) throws IOException {
    MessageDigest sha = sha256();
    byte[] said = new byte[LENGTH];
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 18)) {
      byte[] chunk = new byte[1 << 18];
      for (long left = Files.size(file) - LENGTH; left > 0; ) {
        int n = in.read(chunk, 0, (int) Math.min(chunk.length, left));
        if (n < 0) {
          return false;
        }
        sha.update(chunk, 0, n);
        left -= n;
      }
      in.readNBytes(said, 0, LENGTH);
    }
    return Arrays.equals(said, hex(sha));
  }

  private static byte[] hex(MessageDigest sha) {
    return HexFormat.of().formatHex(sha.digest()).getBytes(StandardCharsets.US_ASCII);
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }

  /** Writes the seal over the last bytes that it is given. */
  static final class Out extends FilterOutputStream {
    private final DigestOutputStream sealed;
    private byte[] held = new byte[0];

    Out(OutputStream out) {
      super(out);
      sealed = new DigestOutputStream(out, sha256());
    }

    @Override
    public void write(int one) throws IOException {
      write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      if (length >= LENGTH) {
        sealed.write(held);
        sealed.write(bytes, offset, length - LENGTH);
        held = Arrays.copyOfRange(bytes, offset + length - LENGTH, offset + length);
      } else {
        byte[] both = Arrays.copyOf(held, held.length + length);
        System.arraycopy(bytes, offset, both, held.length, length);
        int over = Math.max(0, both.length - LENGTH);
        sealed.write(both, 0, over);
        held = Arrays.copyOfRange(both, over, both.length);
      }
    }

    @Override
    public void close() throws IOException {
      out.write(hex(sealed.getMessageDigest()));
      out.close();
    }
  }
}
