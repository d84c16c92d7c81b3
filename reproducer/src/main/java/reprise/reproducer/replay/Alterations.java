package reprise.reproducer.replay;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * In what a replay is to be otherwise than the recorded run. Without any it is to be the same.
 *
 * @param parameters what parameters are to be, by their names, as a person writes values: {@code
 *     iris.csv}, not {@code "iris.csv"}
 * @param liveData files and folders that are read where they lie rather than from the record;
 *     {@link #EVERYTHING} is all of them
 * @param freshChance whether chance and clock are free rather than as they were recorded
 * @param online whether cells reach the network rather than what was recorded of it
 * @param jdk the home of the JDK that is used instead of the recorded one; null for that one
 * @param to the last step to be replayed; null for all
 * @param sliced whether only what that step needs is replayed
 */
public record Alterations(
    Map<String, String> parameters,
    Set<String> liveData,
    boolean freshChance,
    boolean online,
    @Nullable Path jdk,
    @Nullable Integer to,
    boolean sliced) {
  /** Stands for all places from which data was read. */
  public static final String EVERYTHING = "*";

  public static final Alterations NONE =
      new Alterations(Map.of(), Set.of(), false, false, null, null, false);

  public Alterations {
    parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    liveData = Collections.unmodifiableSet(new LinkedHashSet<>(liveData));
  }
}
