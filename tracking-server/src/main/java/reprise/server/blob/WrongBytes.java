package reprise.server.blob;

import reprise.ledger.Digest;
import reprise.server.http.Refusal;

/** Bytes arrived that are not those they were said to be. */
final class WrongBytes extends Refusal {
  private static final long serialVersionUID = 1L;

  WrongBytes(Digest expected, Digest actual) {
    super(
        422,
        "the bytes have digest %s, not %s; nothing was kept, send them again"
            .formatted(actual, expected));
  }
}
