package reprise.server.blob;

import reprise.ledger.BlobFolder;
import reprise.server.http.Refusal;

/** Bytes arrived that are not those they were said to be. */
final class WrongBytes extends Refusal {
  private static final long serialVersionUID = 1L;

  WrongBytes(BlobFolder.WrongDigest e) {
    super(422, e.getMessage() + "; nothing was kept, send them again");
  }
}
