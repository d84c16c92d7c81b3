package reprise.ledger.slice;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import reprise.ledger.Flow.Name;

/**
 * Names that may lead to the same objects. A step that gets hold of several objects may have put
 * one into the other, so what it had in hands belongs together from then on.
 */
final class Aliases {
  private final Map<Name, Name> leaders = new HashMap<>();

  /** From now on all of these may lead to the same. */
  void join(Set<Name> names) {
    Iterator<Name> all = names.iterator();
    if (all.hasNext()) {
      Name first = leader(all.next());
      while (all.hasNext()) {
        leaders.put(leader(all.next()), first);
      }
    }
  }

  /** Whether one of these may lead to what one of those leads to. */
  boolean meet(Set<Name> these, Set<Name> those) {
    Set<Name> found = new HashSet<>();
    these.forEach(name -> found.add(leader(name)));
    return those.stream().anyMatch(name -> found.contains(leader(name)));
  }

  private Name leader(Name name) {
    Name at = name;
    for (Name next = leaders.get(at); next != null && !next.equals(at); next = leaders.get(at)) {
      at = next;
    }
    return at;
  }
}
