package reprise.reproducer.replay;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.jgit.api.errors.JGitInternalException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.jspecify.annotations.Nullable;
import reprise.ledger.BlobFolder;
import reprise.ledger.Chance;
import reprise.ledger.Digest;
import reprise.ledger.Jar;
import reprise.ledger.Origin;
import reprise.ledger.Pipeline;
import reprise.ledger.Pipeline.Need;
import reprise.ledger.Run;
import reprise.ledger.SessionId;
import reprise.ledger.Step;
import reprise.ledger.Wire;
import reprise.ledger.Workspace;
import reprise.reproducer.comparison.Comparison;
import reprise.reproducer.execution.Repositories;

/** Makes out of a recorded run, and what is to be otherwise, a pipeline and its workspace. */
final class Preparation {
  private final Part part;
  private final Run original;
  private final Alterations alterations;
  private final ChangedParameters parameters;
  private final LiveData live;
  private final Secrets secrets;
  private final Host host;
  private final Workspace workspace;
  private final Archive archive;
  private final JarNeeds jars;
  private final List<String> remarks = new ArrayList<>();
  private @Nullable String missing;

  /**
   * Prepares nothing yet.
   *
   * @param part what is to be executed
   */
  Preparation(
      Part part,
      Alterations alterations,
      ChangedParameters parameters,
      LiveData live,
      Secrets secrets,
      Host host,
      Workspace workspace) {
    this.part = part;
    this.original = part.run();
    this.alterations = alterations;
    this.parameters = parameters;
    this.live = live;
    this.secrets = secrets;
    this.host = host;
    this.workspace = workspace;
    this.archive = new Archive(host.evidence());
    this.jars = new JarNeeds(original, archive, new Repositories(host.installation()), workspace);
  }

  /**
   * Fetches what the steps need; {@link #missing} says afterwards whether all of it was to be had.
   */
  Pipeline pipeline() throws IOException {
    jars.find();
    List<Pipeline.Cell> cells = cells();
    if (!alterations.online()) {
      remarks.addAll(RecordedReplies.fetch(cells, archive, workspace.inputs()));
    }
    String files = fetch(cells);
    missing = files == null ? jars.missing() : files;
    return new Pipeline(
        SessionId.next(host.clock(), host.chance()),
        original.experiment(),
        original.notebook(),
        new Origin.Replay(original.run()),
        original.environment().workingDirectory(),
        workspace.root().toString(),
        true,
        !alterations.online(),
        cells,
        secrets.known(),
        classPath(),
        parameters.asked());
  }

  /** Why nothing can be executed, in one sentence; null if everything needed is at hand. */
  @Nullable String missing() {
    return missing;
  }

  /** What will not be compared, a line each. */
  List<String> remarks() {
    return remarks;
  }

  /** What a kernel that is not ours had on its class path from the beginning. */
  private List<String> classPath() {
    List<String> there = new ArrayList<>();
    for (Jar jar : original.environment().classPath()) {
      if (Files.exists(Path.of(jar.path()))) {
        there.add(jar.path());
      } else {
        remarks.add(
            "%s on the kernel's class path, which is not on this machine".formatted(jar.path()));
      }
    }
    return there;
  }

  private List<Pipeline.Cell> cells() throws IOException {
    FileNeeds files = new FileNeeds(listings()::of);
    List<Pipeline.Cell> cells = new ArrayList<>();
    List<Need> before = live.atFirst(workspace.inputs());
    try (CodeNeeds code = code()) {
      for (Step step : original.history()) {
        List<Need> needs = new ArrayList<>(code == null ? List.of() : of(step, code));
        needs.addAll(before);
        before = List.of();
        needs.addAll(live.now(files.of(step), workspace.inputs()));
        needs.addAll(ownJars(step));
        if (Comparison.canBeReplayed(step)) {
          cells.add(
              new Pipeline.Cell(
                  step.cell(),
                  step.executionCount(),
                  secrets.source(parameters.source(step)),
                  step.tags(),
                  step.inputs(),
                  alterations.freshChance() ? null : chance(step),
                  needs,
                  alterations.online() ? List.of() : RecordedReplies.of(step),
                  part.before(step),
                  jars.of(step)));
        }
      }
    }
    return cells;
  }

  /** What the step drew and read, with all of it at hand. */
  private @Nullable Chance chance(Step step) throws IOException {
    Chance chance = step.chance();
    Digest kept = chance == null ? null : chance.kept();
    if (chance == null || kept == null) {
      return chance;
    }
    BlobFolder inputs = workspace.inputs();
    archive.fetch(List.of(kept), inputs);
    Path blob = inputs.find(kept).orElse(null);
    if (blob == null) {
      remarks.add(
          "step %d: what it read from the clock, which was not kept".formatted(step.step()));
      return chance;
    }
    return chance.with(Wire.read(Files.readString(blob), Chance.Readings.class));
  }

  private Listings listings() throws IOException {
    Listings listings = Listings.fetch(original.history(), archive, workspace.inputs());
    listings.missing().forEach(folder -> remarks.add("the names in %s".formatted(folder)));
    return listings;
  }

  /** Jars of the person's own; those from Maven repositories are {@link JarNeeds}. */
  private static List<Need> ownJars(Step step) {
    List<Need> needs = new ArrayList<>();
    for (Jar jar : step.jars()) {
      Digest digest = jar.digest();
      if (digest != null && !jar.isFromRepository()) {
        needs.add(new Need(jar.path(), digest));
      }
    }
    return needs;
  }

  private List<Need> of(Step step, CodeNeeds code) throws IOException {
    try {
      return code.of(step);
    } catch (MissingObjectException e) {
      remarks.add(
          "step %d: the code files around the notebook, whose commit has not reached the server"
              .formatted(step.step()));
      return List.of();
    }
  }

  private @Nullable CodeNeeds code() {
    if (original.history().stream().allMatch(step -> step.snapshot() == null)) {
      return null;
    }
    try {
      return CodeNeeds.fetch(original, host.evidence(), workspace.inputs());
    } catch (IOException | JGitInternalException e) {
      remarks.add("the code files around the notebook, whose history could not be fetched");
      return null;
    }
  }

  /** Returns what is missing and what to do, or null if nothing is. */
  private @Nullable String fetch(List<Pipeline.Cell> cells) throws IOException {
    Map<Digest, String> wanted = new HashMap<>();
    for (Pipeline.Cell cell : cells) {
      for (Need need : cell.needs()) {
        if (need.kind() == Need.Kind.FILE && need.digest() != null) {
          wanted.putIfAbsent(need.digest(), need.path());
        }
      }
    }
    List<String> paths = new ArrayList<>();
    for (Digest digest : archive.fetch(wanted.keySet(), workspace.inputs())) {
      String path = wanted.getOrDefault(digest, "");
      if (!isStillThere(Path.of(path), digest, workspace)) {
        paths.add(path);
      }
    }
    paths.sort(null);
    return paths.isEmpty()
        ? null
        : "The bytes of %s were not kept; put the file back and run the notebook again."
            .formatted(String.join(", ", paths));
  }

  /** What was too large to be kept may still lie where it was read. */
  private static boolean isStillThere(Path place, Digest digest, Workspace workspace) {
    try {
      if (Files.isRegularFile(place)) {
        try (InputStream bytes = Files.newInputStream(place)) {
          workspace.inputs().keep(digest, bytes);
          return true;
        }
      }
      return false;
    } catch (IOException e) {
      return false; // other bytes by now, or not ours to read
    }
  }
}
