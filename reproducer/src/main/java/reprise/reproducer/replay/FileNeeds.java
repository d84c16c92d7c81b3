package reprise.reproducer.replay;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import reprise.ledger.Data;
import reprise.ledger.Digest;
import reprise.ledger.Pipeline.Need;
import reprise.ledger.Step;

/**
 * Which files must be put in place before each step. A file that an earlier step left as this one
 * found it needs nothing: the replay makes it itself. One that came or changed from outside does.
 */
final class FileNeeds {
  private final Map<String, Digest> left = new HashMap<>();

  /** What {@code step} needs; to be asked of each step once, in order. */
  List<Need> of(Step step) {
    List<Need> needs = new ArrayList<>();
    Set<String> touched = new HashSet<>();
    for (Data data : step.data()) {
      Digest digest = data.digest();
      boolean found = data.direction() != Data.Direction.WRITTEN;
      if (touched.add(data.path()) && found && digest != null) {
        if (!digest.equals(left.get(data.path()))) {
          needs.add(new Need(data.path(), digest));
        }
      }
      remember(data);
    }
    return needs;
  }

  private void remember(Data data) {
    Digest digest = data.digest();
    if (data.direction() == Data.Direction.DELETED || digest == null) {
      left.remove(data.path());
    } else {
      left.put(data.path(), digest);
    }
  }
}
