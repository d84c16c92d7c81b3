package reprise.server.db;

import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import reprise.ledger.RunId;
import reprise.server.http.Refusal;

/** Finds the run that somebody means: by its id, by how the id begins, or the latest. */
public final class RunLookup {
  private static final String LATEST = "@latest";
  private static final int CANDIDATES = 5;

  private final Jdbi jdbi;

  public RunLookup(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /**
   * The one run that {@code spoken} means.
   *
   * @throws Refusal if there is none (404) or more than one (409, with up to five of them)
   */
  public RunId find(String spoken) {
    return jdbi.withHandle(
        handle -> spoken.equals(LATEST) ? latest(handle) : beginningWith(handle, spoken));
  }

  private static RunId latest(Handle handle) {
    return handle
        .createQuery(
            """
            SELECT run FROM run WHERE origin_kind <> 'replay'
            ORDER BY started_at DESC, run DESC LIMIT 1
            """)
        .mapTo(RunId.class)
        .findOne()
        .orElseThrow(
            () -> new Refusal(404, "no run has been recorded yet; run a cell, then ask again"));
  }

  private static RunId beginningWith(Handle handle, String spoken) {
    List<RunId> found = candidates(handle, spoken);
    if (found.isEmpty()) {
      throw new Refusal(
          404,
          "no run '%s' is known here; it may still wait in its kernel's journal, see reprise runs"
              .formatted(spoken));
    }
    if (found.size() > 1 && !found.get(0).value().equals(spoken)) {
      throw ambiguous(spoken, found);
    }
    return found.get(0);
  }

  private static List<RunId> candidates(Handle handle, String spoken) {
    return handle
        .createQuery(
            """
            SELECT run FROM run WHERE run >= :from AND run < :to ORDER BY run LIMIT :limit
            """)
        .bind("from", spoken)
        .bind("to", spoken + '\uffff')
        .bind("limit", CANDIDATES + 1)
        .mapTo(RunId.class)
        .list();
  }

  private static Refusal ambiguous(String spoken, List<RunId> found) {
    String first = String.join(", ", found.stream().limit(CANDIDATES).map(RunId::value).toList());
    return new Refusal(
        409,
        "'%s' begins the ids of several runs: %s%s; write more of the one you mean"
            .formatted(spoken, first, found.size() > CANDIDATES ? " and others" : ""));
  }
}
