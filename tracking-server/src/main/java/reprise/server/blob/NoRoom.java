package reprise.server.blob;

import java.nio.file.Path;
import reprise.server.http.Refusal;

/** The disk under the blobs is full. */
final class NoRoom extends Refusal {
  private static final long serialVersionUID = 1L;

  NoRoom(Path folder) {
    super(
        507,
        "there is not enough room in %s; nothing was kept, free some space and send again"
            .formatted(folder));
  }
}
