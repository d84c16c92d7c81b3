package reprise.reproducer.replay;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import reprise.ledger.BlobFolder;
import reprise.ledger.Digest;
import reprise.ledger.Home;
import reprise.ledger.Jar;
import reprise.ledger.Outcome;
import reprise.ledger.Run;
import reprise.ledger.Step;
import reprise.ledger.Workspace;
import reprise.reproducer.execution.Repositories;

/**
 * The jars that cells took from Maven repositories, with the recorded bytes: from the local
 * repository, else from what was kept, else from the repositories. What any of them gives is
 * checked, for a version may have been published again.
 */
final class JarNeeds {
  private static final Pattern REPOSITORY =
      Pattern.compile("(?m)^\\s*%mavenRepo\\s+(\\S+)\\s+(\\S+)");

  private final Run original;
  private final Archive archive;
  private final Repositories repositories;
  private final Workspace workspace;
  private final Map<Digest, Path> places = new HashMap<>();
  private final Map<Digest, Jar> absent = new LinkedHashMap<>();

  JarNeeds(Run original, Archive archive, Repositories repositories, Workspace workspace) {
    this.original = original;
    this.archive = archive;
    this.repositories = repositories;
    this.workspace = workspace;
  }

  /** Looks for all jars of the run; {@link #missing} says afterwards which are nowhere. */
  void find() throws IOException {
    for (Step step : original.history()) {
      if (areKnown(step)) {
        for (Jar jar : step.jars()) {
          if (jar.isFromRepository()) {
            find(jar, Objects.requireNonNull(jar.digest()));
          }
        }
      }
    }
    fetchKept();
    fetchPublished();
  }

  /** With paths where the bytes lie; null if nobody noted them, or if there were none to be had. */
  @Nullable List<Jar> of(Step step) {
    if (!areKnown(step)) {
      return null;
    }
    List<Jar> jars = new ArrayList<>();
    for (Jar jar : step.jars()) {
      Path place = jar.digest() == null ? null : places.get(jar.digest());
      if (place != null && jar.isFromRepository()) {
        jars.add(new Jar(place.toString(), jar.coordinates(), jar.digest()));
      }
    }
    return jars;
  }

  /** Names what is nowhere and says what to do, in one sentence; null if nothing is missing. */
  @Nullable String missing() {
    if (absent.isEmpty()) {
      return null;
    }
    List<String> names =
        absent.values().stream().map(jar -> String.valueOf(jar.coordinates())).toList();
    return "No local Maven repository, no blob and no repository within reach has the recorded bytes of %s; put them back into the local repository, or replay a bundle made with --jars."
        .formatted(String.join(", ", names));
  }

  /** Other kernels do not say which of their jars a repository gave. */
  private boolean areKnown(Step step) {
    boolean failed =
        step.outcome() instanceof Outcome.Failed it && it.exception().endsWith("NotResolved");
    return original.kernel().startsWith("reprise ")
        && !failed
        && step.jars().stream()
            .filter(Jar::isFromRepository)
            .noneMatch(jar -> jar.digest() == null);
  }

  private void find(Jar jar, Digest digest) {
    if (places.containsKey(digest) || absent.containsKey(digest)) {
      return;
    }
    for (Path place : List.of(Path.of(jar.path()), inTheLocalRepository(jar))) {
      if (holds(place, digest)) {
        places.put(digest, place);
        return;
      }
    }
    absent.put(digest, jar);
  }

  private static Path inTheLocalRepository(Jar jar) {
    String[] parts = String.valueOf(jar.coordinates()).split(":", -1);
    Path local = Home.person().resolve(".m2/repository");
    return parts.length < 3
        ? Path.of(jar.path())
        : local
            .resolve(parts[0].replace('.', '/'))
            .resolve(parts[1])
            .resolve(parts[parts.length - 1])
            .resolve(String.valueOf(Path.of(jar.path()).getFileName()));
  }

  private static boolean holds(Path place, Digest digest) {
    try {
      return Files.isRegularFile(place) && Digest.of(place).equals(digest);
    } catch (IOException e) {
      return false; // not ours to read
    }
  }

  private void fetchKept() throws IOException {
    BlobFolder inputs = workspace.inputs();
    archive.fetch(absent.keySet(), inputs);
    for (Map.Entry<Digest, Jar> each : Map.copyOf(absent).entrySet()) {
      Path blob = inputs.find(each.getKey()).orElse(null);
      if (blob != null) {
        Path place = place(each.getValue(), each.getKey());
        Files.createDirectories(place.resolveSibling(""));
        Files.copy(blob, place);
        places.put(each.getKey(), place);
        absent.remove(each.getKey());
      }
    }
  }

  private void fetchPublished() throws IOException {
    if (absent.isEmpty()) {
      return;
    }
    List<String> names =
        absent.values().stream().map(jar -> String.valueOf(jar.coordinates())).toList();
    Map<String, Path> published =
        repositories.fetch(names, others(), workspace.jars().resolve("published"));
    for (Map.Entry<Digest, Jar> each : Map.copyOf(absent).entrySet()) {
      Path place = published.get(String.valueOf(each.getValue().coordinates()));
      if (place != null && holds(place, each.getKey())) {
        places.put(each.getKey(), place);
        absent.remove(each.getKey());
      }
    }
  }

  private Map<String, String> others() {
    Map<String, String> others = new LinkedHashMap<>();
    for (Step step : original.history()) {
      Matcher repository = REPOSITORY.matcher(step.source());
      while (repository.find()) {
        others.put(repository.group(1), repository.group(2));
      }
    }
    return others;
  }

  /** Under its own name, by which people know it in class paths. */
  private Path place(Jar jar, Digest digest) {
    return workspace
        .jars()
        .resolve(digest.hex())
        .resolve(String.valueOf(Path.of(jar.path()).getFileName()));
  }
}
