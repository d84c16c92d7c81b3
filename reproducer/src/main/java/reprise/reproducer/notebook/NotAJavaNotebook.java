package reprise.reproducer.notebook;

import java.nio.file.Path;

/** A file that was given as a notebook cannot be executed as one; the message says why. */
public final class NotAJavaNotebook extends RuntimeException {
  private static final long serialVersionUID = 1L;

  NotAJavaNotebook(Path file, String why) {
    super(file + " " + why);
  }
}
