package reprise.reproducer.bundle;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.CRC32C;
import java.util.zip.CheckedOutputStream;
import java.util.zip.Checksum;

/**
 * The last bytes of a bundle: the CRC-32C of all before them, in hex. A zip file has bytes that
 * belong to no entry and mean nothing to us; this tells whether one of them was changed. What the
 * entries hold has its SHA-256 in the manifest, and to hash that twice would take as long as all
 * the rest.
 */
final class Seal {
  static final int LENGTH = 8;

  /** What stands there until the seal is known. */
  static final String BLANK = "0".repeat(LENGTH);

  private static final int BLOCK = 1 << 18;

  private Seal() {}

  /** Whether the file ends with the seal of the rest of it. */
  static boolean holds(Path file) throws IOException {
    Checksum sum = new CRC32C();
    byte[] said = new byte[LENGTH];
    try (InputStream in = Files.newInputStream(file)) {
      byte[] block = new byte[BLOCK];
      for (long left = Files.size(file) - LENGTH; left > 0; ) {
        int n = in.read(block, 0, (int) Math.min(block.length, left));
        if (n < 0) {
          return false;
        }
        sum.update(block, 0, n);
        left -= n;
      }
      in.readNBytes(said, 0, LENGTH);
    }
    return Arrays.equals(said, hex(sum));
  }

  private static byte[] hex(Checksum sum) {
    return HexFormat.of().toHexDigits((int) sum.getValue()).getBytes(StandardCharsets.US_ASCII);
  }

  /** Writes the seal over the last bytes that it is given. */
  static final class Out extends FilterOutputStream {
    private final CheckedOutputStream sealed;
    private byte[] held = new byte[0];

    Out(OutputStream out) {
      super(out);
      sealed = new CheckedOutputStream(out, new CRC32C());
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
      out.write(hex(sealed.getChecksum()));
      out.close();
    }
  }
}
