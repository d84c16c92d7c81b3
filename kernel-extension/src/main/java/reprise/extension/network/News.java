package reprise.extension.network;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import reprise.ledger.Data;

/** What there is to be said of the steps' ways to the network, and was not said yet. */
final class News {
  private final Map<Integer, Exchange> exchanges = new TreeMap<>();
  private final Map<Integer, List<Data>> rest = new HashMap<>();
  private final Map<Integer, Set<String>> ways = new HashMap<>();

  synchronized void add(Exchange exchange) {
    exchanges.put(exchange.number(), exchange);
  }

  synchronized void add(int step, Data data) {
    rest.computeIfAbsent(step, s -> new ArrayList<>()).add(data);
  }

  /** The same way is said once for a step. */
  synchronized void addWay(int step, Data data) {
    if (ways.computeIfAbsent(step, s -> new HashSet<>()).add(data.path())) {
      add(step, data);
    }
  }

  /** What is known now of {@code step}, requests in the order in which they were made. */
  List<Data> take(int step) {
    List<Data> all = new ArrayList<>();
    List<Exchange> taken = new ArrayList<>();
    synchronized (this) {
      exchanges.values().removeIf(exchange -> exchange.step() == step && taken.add(exchange));
      List<Data> others = rest.remove(step);
      if (others != null) {
        all.addAll(others);
      }
    }
    // not while this is locked: an exchange that is at work tells its news from within its own lock
    taken.forEach(exchange -> all.add(exchange.data()));
    return all;
  }

  /** The steps of which there is something to be said. */
  synchronized Set<Integer> steps() {
    Set<Integer> steps = new HashSet<>(rest.keySet());
    exchanges.values().forEach(exchange -> steps.add(exchange.step()));
    return steps;
  }
}
