package reprise.reproducer.bundle;

import java.util.regex.Pattern;
import reprise.ledger.Digest;

/** The names that entries of a bundle have. Nothing else can stand in one. */
final class Entries {
  static final String HEADER = "reprise-bundle.json";
  static final String EVENTS = "events.jsonl";
  static final String REPRODUCTIONS = "reproductions.jsonl";
  static final String CODE = "code.bundle";

  private static final Pattern SHAPE =
      Pattern.compile(
          "reprise-bundle\\.json|events\\.jsonl|reproductions\\.jsonl|code\\.bundle|manifest\\.txt"
              + "|blobs/[0-9a-f]{2}/[0-9a-f]{64}");

  private Entries() {}

  static String blob(Digest digest) {
    return "blobs/" + digest.hex().substring(0, 2) + "/" + digest;
  }

  static boolean isOne(String name) {
    return SHAPE.matcher(name).matches();
  }

  /** Whether unpacking it could write outside of the folder that it is unpacked to. */
  static boolean leads(String name) {
    return name.startsWith("/")
        || name.startsWith("\\")
        || name.matches("[A-Za-z]:.*")
        || name.matches("(.*[/\\\\])?\\.\\.([/\\\\].*)?");
  }
}
