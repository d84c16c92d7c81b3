package reprise.extension.agent;

/** What is about to be done to a file. */
public enum FileTouch {
  /** Opened to be read; a folder: to be listed. */
  READ,
  /** Opened to be written from its beginning; what it held is lost. */
  TRUNCATE,
  /** Opened to be written at its end, or made new. */
  APPEND,
  /** Opened to be read and written in place. */
  UPDATE,
  /** Removed. */
  DELETE,
  /** Given another name; what had that name before is lost. */
  MOVE,
  /** Given a second name. */
  LINK,
  /** Asked about: whether it is there, of what kind, how large; a folder also made or removed. */
  LOOK,
  /** Opened as a database, by a driver that may do so in native code. */
  CONNECT;
}
