package reprise.ledger;

/**
 * A file that an attempt wrote.
 *
 * @param path relative to the working directory of the cells; absolute for what lay outside
 * @param size in bytes
 */
public record Artifact(String path, long size, Digest digest) {}
