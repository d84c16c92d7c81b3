package reprise.reproducer.cause;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import reprise.ledger.Data;
import reprise.ledger.Digest;
import reprise.ledger.Explanation;
import reprise.ledger.Listing;
import reprise.ledger.Pipeline.Need;
import reprise.ledger.Step;
import reprise.ledger.Wire;
import reprise.reproducer.comparison.Alignment.Pair;
import reprise.reproducer.replay.FileNeeds;

/**
 * What came to the steps from outside otherwise than in the other run: files, folders, replies. A
 * file that an earlier step made is nothing from outside; it comes out otherwise if its maker does.
 */
final class DataFactors {
  private final List<Pair> pairs;
  private final Function<Digest, Optional<Listing>> listings;
  private final String ourFolder;
  private final String theirFolder;

  /**
   * @param ourFolder in which the one run worked; a path in the other's folder is the same file
   */
  DataFactors(
      List<Pair> pairs,
      String ourFolder,
      String theirFolder,
      Function<Digest, Optional<Listing>> listings) {
    this.pairs = pairs;
    this.ourFolder = ourFolder;
    this.theirFolder = theirFolder;
    this.listings = listings;
  }

  /** One for each path or URL, wherever steps came across it. */
  List<Factor> all() {
    List<Map<String, Need>> ours = needs(true);
    List<Map<String, Need>> theirs = needs(false);
    Map<String, Set<Integer>> files = new TreeMap<>();
    Map<String, Set<Integer>> replies = new LinkedHashMap<>();
    for (int place = 0; place < pairs.size(); place++) {
      Pair pair = pairs.get(place);
      if (pair.left() != null && pair.right() != null) {
        differing(ours.get(place), theirs.get(place), place, files);
        differing(replies(pair.left()), replies(pair.right()), place, replies);
      }
    }
    List<Factor> factors = new ArrayList<>();
    files.forEach(
        (path, places) -> factors.add(file(kind(path, places, ours, theirs), path, places)));
    replies.forEach((url, places) -> factors.add(reply(url, places)));
    return factors;
  }

  private static <T> void differing(
      Map<String, T> ours, Map<String, T> theirs, int place, Map<String, Set<Integer>> into) {
    Set<String> names = new TreeSet<>(ours.keySet());
    names.addAll(theirs.keySet());
    for (String name : names) {
      if (!Objects.equals(ours.get(name), theirs.get(name))) {
        into.computeIfAbsent(name, key -> new TreeSet<>()).add(place);
      }
    }
  }

  /** What each step needs to find, by our path; what only must be there is left out. */
  private List<Map<String, Need>> needs(boolean ours) {
    FileNeeds files = new FileNeeds(listings);
    List<Map<String, Need>> all = new ArrayList<>();
    for (Pair pair : pairs) {
      Map<String, Need> needs = new TreeMap<>();
      Step step = ours ? pair.left() : pair.right();
      for (Need need : step == null ? List.<Need>of() : files.of(step)) {
        if (need.kind() != Need.Kind.FOLDER) {
          String path = ours ? need.path() : here(need.path());
          needs.putIfAbsent(path, new Need(path, need.kind(), need.digest(), need.size()));
        }
      }
      all.add(needs);
    }
    return all;
  }

  private String here(String theirPath) {
    return theirPath.startsWith(theirFolder + "/")
        ? ourFolder + theirPath.substring(theirFolder.length())
        : theirPath;
  }

  private static Map<String, List<String>> replies(Step step) {
    Map<String, List<String>> replies = new LinkedHashMap<>();
    for (Data data : step.data()) {
      if (data.reply() != null) {
        replies
            .computeIfAbsent(data.path(), url -> new ArrayList<>())
            .add(data.digest() + " " + data.reply().status() + " " + data.reply().failure());
      }
    }
    return replies;
  }

  private Explanation.Factor kind(
      String path,
      Set<Integer> places,
      List<Map<String, Need>> ours,
      List<Map<String, Need>> theirs) {
    if (Children.name(path, steps())) {
      return Explanation.Factor.CHILD_PROCESS;
    }
    if (path.matches(".*\\.(java|jsh|jshell|ipynb)")) {
      return Explanation.Factor.CODE;
    }
    if (path.matches(".*\\.(jar|class)")) {
      return Explanation.Factor.DEPENDENCY_JAR;
    }
    boolean isOrder =
        places.stream()
            .allMatch(it -> isOtherOrder(ours.get(it).get(path), theirs.get(it).get(path)));
    return isOrder ? Explanation.Factor.DIRECTORY_ORDER : Explanation.Factor.INPUT_BYTES;
  }

  private List<Step> steps() {
    return pairs.stream().flatMap(it -> Stream.ofNullable(it.left())).toList();
  }

  private boolean isOtherOrder(@Nullable Need ours, @Nullable Need theirs) {
    Optional<Set<String>> before = names(ours);
    return before.isPresent() && before.equals(names(theirs));
  }

  private Optional<Set<String>> names(@Nullable Need need) {
    return need == null || need.kind() != Need.Kind.LISTING || need.digest() == null
        ? Optional.empty()
        : listings.apply(need.digest()).map(it -> new HashSet<>(it.names()));
  }

  private Factor file(Explanation.Factor kind, String path, Set<Integer> places) {
    return new Factor(
        kind, path, draft -> places.forEach(place -> swap(draft, place, path, false)));
  }

  private Factor reply(String url, Set<Integer> places) {
    return new Factor(
        Explanation.Factor.NETWORK_REPLY,
        url,
        draft -> places.forEach(place -> swap(draft, place, url, true)));
  }

  /** All that the step did with a path, as the other run's step did it. */
  private void swap(Draft draft, int place, String path, boolean isReply) {
    ObjectNode step = draft.step(place);
    ArrayNode now = step.arrayNode();
    boolean isSwapped = false;
    for (JsonNode data : step.path("data")) {
      if (!data.path("path").asText().equals(path) || data.has("reply") != isReply) {
        now.add(data);
      } else if (!isSwapped) {
        isSwapped = true;
        now.addAll(theirs(place, path, isReply));
      }
    }
    if (!isSwapped) {
      now.addAll(theirs(place, path, isReply));
    }
    step.set("data", now);
  }

  private ArrayNode theirs(int place, String path, boolean isReply) {
    ArrayNode theirs = Wire.JSON.createArrayNode();
    Step step = Objects.requireNonNull(pairs.get(place).right());
    for (Data data : step.data()) {
      if (here(data.path()).equals(path) && (data.reply() != null) == isReply) {
        theirs.add(((ObjectNode) Wire.JSON.valueToTree(data)).put("path", path));
      }
    }
    return theirs;
  }
}
