package reprise.reproducer.bundle;

import java.io.IOException;
import java.nio.file.Path;

/** A file is not a bundle, or not any more as it was written; the message names what is wrong. */
public final class DamagedBundle extends IOException {
  private static final long serialVersionUID = 1L;

  DamagedBundle(Path file, String why) {
    super(file + " " + why);
  }
}
