package reprise.extension.agent;

/** What is about to be done to a file. */
public enum FileTouch {
  /** Opened to be read. */
  READ(true, false),
  /** Opened to be written from its beginning; what it held is lost. */
  TRUNCATE(false, true),
  /** Opened to be written at its end, or made new. */
  APPEND(true, true),
  /** Opened to be read and written in place. */
  UPDATE(true, true),
  /** Removed. */
  DELETE(true, true),
  /** Given another name; what had that name before is lost. */
  MOVE(true, true),
  /** Given a second name. */
  LINK(true, true);

  private final boolean reads;
  private final boolean changes;

  FileTouch(boolean reads, boolean changes) {
    this.reads = reads;
    this.changes = changes;
  }

  /** Whether what is there now matters to what follows: a replay needs it in its place. */
  public boolean reads() {
    return reads;
  }

  /** Whether the bytes that are there now may be gone afterwards. */
  public boolean changes() {
    return changes;
  }
}
