package reprise.reproducer.export;

import java.io.IOException;
import java.nio.file.Path;

/** Where an export was to be written stands something that must not be lost. */
public final class TargetInUse extends IOException {
  private static final long serialVersionUID = 1L;

  TargetInUse(Path target) {
    super(target + " is there already; give another -o, or replace it with --force.");
  }

  TargetInUse(Path target, String why) {
    super(target + " " + why + "; give another -o.");
  }
}
