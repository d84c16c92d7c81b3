package reprise.reproducer.export;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import reprise.ledger.Data;
import reprise.ledger.Digest;
import reprise.ledger.Jar;
import reprise.ledger.Step;
import reprise.reproducer.evidence.Evidence;

/** The files and jars that a run found, laid out for jshell. */
final class JshellFiles {
  private static final Set<String> MACHINE = Set.of("proc", "sys", "dev", "etc", "usr", "lib");

  private final Evidence evidence;
  private final Path root;
  private final Map<Path, @Nullable Digest> found = new LinkedHashMap<>();
  private final Set<Path> folders = new LinkedHashSet<>();
  private final Map<String, Jar> jars = new LinkedHashMap<>();
  private final List<String> classPath = new ArrayList<>();
  private final List<String> remarks = new ArrayList<>();
  private final JshellPaths paths;

  JshellFiles(Evidence evidence, Path root) {
    this.evidence = evidence;
    this.root = root;
    evidence.run().environment().classPath().forEach(this::add);
    for (Step step : evidence.run().history()) {
      step.jars().forEach(this::add);
    }
    Set<Path> made = new HashSet<>();
    for (Step step : evidence.run().history()) {
      step.data().forEach(data -> look(step, data, made));
    }
    Path work = Path.of(evidence.run().environment().workingDirectory());
    Set<Path> all = new LinkedHashSet<>(found.keySet());
    all.addAll(folders);
    paths = JshellPaths.of(work, all);
  }

  private void add(Jar jar) {
    jars.putIfAbsent(jar.path(), jar);
  }

  /** How a file was when the run came to it; what the run makes itself is not needed. */
  private void look(Step step, Data data, Set<Path> made) {
    Path path = Path.of(data.path());
    switch (data.direction()) {
      case READ, DELETED -> {
        if (isTheRuns(path) && !made.contains(path) && !jars.containsKey(data.path())) {
          found.putIfAbsent(path, data.digest());
        }
      }
      case WRITTEN -> {
        if (isTheRuns(path)) {
          made.add(path);
          folders.add(path.resolveSibling(""));
        }
      }
      case LISTED -> {
        if (isTheRuns(path)) {
          folders.add(path);
          remarks.add(
              "Step %d looks through the folder %s; of what is in it, only files that were read are here."
                  .formatted(step.step(), path));
        }
      }
      case RECEIVED, CONNECTED ->
          remarks.add("Step %d asks the network: %s.".formatted(step.step(), data.path()));
      case LOOKED_AT, MISSED, REFUSED -> {}
    }
  }

  private static boolean isTheRuns(Path path) {
    return path.isAbsolute()
        && path.getNameCount() > 0
        && !MACHINE.contains(path.getName(0).toString());
  }

  JshellPaths paths() {
    return paths;
  }

  /** Lines of the class path file, each with its line end. */
  List<String> classPath() {
    return classPath;
  }

  List<String> remarks() {
    return remarks;
  }

  void copy() throws IOException {
    Files.createDirectories(root.resolve(paths.work().toString()));
    for (Path folder : folders) {
      Files.createDirectories(root.resolve(paths.place(folder).toString()));
    }
    Set<Digest> missing =
        new HashSet<>(
            evidence.missing(
                found.values().stream().filter(java.util.Objects::nonNull).distinct().toList()));
    for (Map.Entry<Path, @Nullable Digest> each : found.entrySet()) {
      Digest digest = each.getValue();
      if (digest == null || missing.contains(digest)) {
        remarks.add("Missing: the bytes of %s were not kept.".formatted(each.getKey()));
      } else {
        copy(digest, root.resolve(paths.place(each.getKey()).toString()));
      }
    }
    for (Jar jar : jars.values()) {
      copy(jar);
    }
  }

  private void copy(Digest digest, Path place) throws IOException {
    Files.createDirectories(place.resolveSibling(""));
    try (InputStream bytes = evidence.blob(digest)) {
      Files.copy(bytes, place);
    }
  }

  private void copy(Jar jar) throws IOException {
    Path original = Path.of(jar.path());
    Digest digest = jar.digest();
    Path place = root.resolve("lib").resolve(String.valueOf(original.getFileName()));
    if (Files.exists(place)) {
      place = root.resolve("lib").resolve(classPath.size() + "-" + original.getFileName());
    }
    Files.createDirectories(root.resolve("lib"));
    if (digest != null && evidence.missing(List.of(digest)).isEmpty()) {
      copy(digest, place);
    } else if (digest != null
        && Files.isRegularFile(original)
        && Digest.of(original).equals(digest)) {
      Files.copy(original, place);
    } else {
      remarks.add(
          "Missing: %s; put it where classpath.txt says."
              .formatted(jar.coordinates() == null ? jar.path() : jar.coordinates()));
    }
    classPath.add(root.relativize(place) + "\n");
  }
}
