package reprise.extension.network;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import reprise.ledger.Digest;

/** The digest of bytes that are still coming. */
final class RunningDigest {
  private final MessageDigest sha;

  RunningDigest() {
    try {
      sha = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }

  void add(byte[] bytes, int from, int count) {
    sha.update(bytes, from, count);
  }

  /** Of all that came so far. */
  Digest now() {
    try {
      MessageDigest copy = (MessageDigest) sha.clone();
      return new Digest(HexFormat.of().formatHex(copy.digest()));
    } catch (CloneNotSupportedException e) {
      throw new AssertionError("the JDK's SHA-256 can be copied", e);
    }
  }
}
