package reprise.reproducer.comparison;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import reprise.ledger.Data;
import reprise.ledger.Digest;
import reprise.ledger.Jar;
import reprise.ledger.Reproduction.Kind;

/** The files of a step, and the jars that came with it, beside those of its replay. */
final class DataComparison {
  private final Findings findings;

  DataComparison(Findings findings) {
    this.findings = findings;
  }

  /** Of each file that is there in the end, its last bytes. */
  void compareWritten(List<Data> expected, List<Data> actual) {
    Map<String, Data> before = lastWritten(expected);
    Map<String, Data> now = lastWritten(actual);
    Set<String> paths = new TreeSet<>(before.keySet());
    paths.addAll(now.keySet());
    List<Data> onlyBefore = new ArrayList<>();
    List<Data> onlyNow = new ArrayList<>();
    for (String path : paths) {
      Data left = before.get(path);
      Data right = now.get(path);
      if (left == null && right != null) {
        onlyNow.add(right);
      } else if (right == null && left != null) {
        onlyBefore.add(left);
      } else if (left != null && right != null) {
        compareWritten(left, right);
      }
    }
    compareUnmatched(onlyBefore, onlyNow);
  }

  private static Map<String, Data> lastWritten(List<Data> all) {
    Map<String, Data> last = new LinkedHashMap<>();
    for (Data data : all) {
      if (data.direction() == Data.Direction.WRITTEN) {
        last.put(data.path(), data);
      } else if (data.direction() == Data.Direction.DELETED
          && !Data.OVERWRITTEN.equals(data.note())) {
        last.remove(data.path());
      }
    }
    return last;
  }

  private void compareWritten(Data before, Data now) {
    Digest left = before.digest();
    Digest right = now.digest();
    if (left != null && !left.equals(right) && mayDifferByItself(before)) {
      findings.notCompared(
          "the bytes of the database %s, which never come out the same".formatted(before.path()));
    } else if (left == null || right == null) {
      findings.notCompared("%s, whose bytes could not be had".formatted(before.path()));
    } else {
      findings.compareDigests(Kind.DATA, before.path(), left, right);
    }
  }

  /** H2 and DuckDB write moments and random ids into their files; SQLite does not. */
  private static boolean mayDifferByItself(Data data) {
    return data.path().endsWith(".mv.db") || data.path().endsWith(".duckdb");
  }

  /** A temporary file has another name each time; the same bytes under another name will do. */
  private void compareUnmatched(List<Data> before, List<Data> now) {
    List<Data> rest = new ArrayList<>(withoutThoseWrittenInTheirOwnTime(now));
    for (Data data : withoutThoseWrittenInTheirOwnTime(before)) {
      Optional<Data> twin =
          rest.stream()
              .filter(other -> data.digest() != null && data.digest().equals(other.digest()))
              .findFirst();
      if (twin.isPresent()) {
        rest.remove(twin.get());
        findings.normalised(Normaliser.TEMPORARY_PATH.label());
      } else {
        findings.differ(Kind.DATA, data.path(), "written", "not written");
      }
    }
    rest.forEach(data -> findings.differ(Kind.DATA, data.path(), "not written", "written"));
  }

  /** A thread of such a database writes when it pleases, be it during this step or the next. */
  private List<Data> withoutThoseWrittenInTheirOwnTime(List<Data> all) {
    List<Data> rest = new ArrayList<>();
    for (Data data : all) {
      if (mayDifferByItself(data)) {
        findings.notCompared(
            "whether the database %s, which is written in its own time, was by now"
                .formatted(data.path()));
      } else {
        rest.add(data);
      }
    }
    return rest;
  }

  void compareJars(List<Jar> expected, List<Jar> actual) {
    Map<String, String> before = digests(expected);
    Map<String, String> now = digests(actual);
    Set<String> names = new TreeSet<>(before.keySet());
    names.addAll(now.keySet());
    for (String name : names) {
      String left = before.getOrDefault(name, Findings.NOTHING);
      String right = now.getOrDefault(name, Findings.NOTHING);
      if (!left.equals(right)) {
        findings.differ(Kind.DATA, name, left, right);
      }
    }
  }

  /** By file name: the same jar may lie in another folder of another machine. */
  private static Map<String, String> digests(List<Jar> jars) {
    Map<String, String> digests = new LinkedHashMap<>();
    for (Jar jar : jars) {
      String name = jar.path().substring(jar.path().lastIndexOf('/') + 1);
      Digest digest = jar.digest();
      digests.put(name, digest == null ? "a folder" : digest.hex());
    }
    return digests;
  }
}
