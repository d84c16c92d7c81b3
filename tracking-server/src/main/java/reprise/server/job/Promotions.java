package reprise.server.job;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import reprise.ledger.Constant;
import reprise.ledger.Data;
import reprise.ledger.Data.Direction;
import reprise.ledger.Job;
import reprise.ledger.JobName;
import reprise.ledger.JobPolicy;
import reprise.ledger.JobVersion;
import reprise.ledger.JobVersion.JobInput;
import reprise.ledger.JobVersion.JobParameter;
import reprise.ledger.Parameter;
import reprise.ledger.Promotion;
import reprise.ledger.Run;
import reprise.ledger.RunId;
import reprise.ledger.Step;
import reprise.ledger.Verdict;
import reprise.ledger.slice.Stages;
import reprise.server.db.EventLog;
import reprise.server.http.Refusal;

/** Makes runs into versions of jobs. */
record Promotions(InstantSource clock) {

  /**
   * Makes {@code run} the next version of a job, and the one that counts.
   *
   * @throws Refusal if it never reproduced and nobody says why that does not matter (409), or if
   *     something is asked of it that it does not have (400); also by a trigger
   */
  JobVersion promote(Handle handle, JobName name, RunId run, Promotion asked) {
    JobTable table = handle.attach(JobTable.class);
    Verdict verdict = table.verdict(run).orElse(null);
    checkProof(run, verdict, asked);
    Run promoted = run(handle, run);
    if (promoted.history().isEmpty()) {
      throw new Refusal(409, "run %s has no step; promote one that has".formatted(run));
    }
    Map<String, JobParameter> parameters = parameters(promoted, asked.parameters());
    List<String> live = live(promoted, asked.live());
    Job before = table.find(name).orElse(null);
    List<JobVersion> versions = table.versions(name);
    int number = versions.isEmpty() ? 1 : versions.get(0).version() + 1;
    JobVersion next =
        new JobVersion(
            name,
            number,
            run,
            clock.instant(),
            verdict,
            proves(verdict) ? null : asked.unverified(),
            List.copyOf(parameters.values()),
            asked.parameters(),
            inputs(promoted, live),
            live,
            asked.freshChance(),
            asked.online(),
            asked.dag() ? Stages.of(promoted.history()) : List.of(),
            List.of());
    if (before != null) {
      JobVersion last = table.version(name, before.version()).orElseThrow();
      next = next.with(VersionChanges.between(last, run(handle, last.run()), next, promoted));
    }
    new TriggerCheck(handle).of(next);
    table.add(next);
    table.put(
        before == null
            ? new Job(name, number, false, null, JobPolicy.USUAL, clock.instant())
            : new Job(
                name,
                number,
                before.paused(),
                before.owner(),
                before.policy(),
                before.createdAt()));
    return next;
  }

  private static void checkProof(RunId run, @Nullable Verdict verdict, Promotion asked) {
    String why = asked.unverified();
    if (!proves(verdict) && (why == null || why.isBlank())) {
      throw new Refusal(
          409,
          "run %s %s; replay it until it comes out the same (reprise replay %s), or promote it with --unverified \"the reason\""
              .formatted(
                  run,
                  verdict == null ? "was never replayed" : "was replayed with verdict " + verdict,
                  run));
    }
  }

  private static boolean proves(@Nullable Verdict verdict) {
    return verdict == Verdict.IDENTICAL
        || verdict == Verdict.EQUIVALENT
        || verdict == Verdict.WITHIN_NOISE;
  }

  /**
   * @throws Refusal if there is none (404)
   */
  static Run run(Handle handle, RunId run) {
    return Run.of(run, new EventLog(handle).upTo(run))
        .orElseThrow(() -> new Refusal(404, "no run '%s' is known here".formatted(run)));
  }

  private static Map<String, JobParameter> parameters(Run run, Map<String, String> altered) {
    Map<String, JobParameter> all = new LinkedHashMap<>();
    for (Step step : run.history()) {
      step.parameters().stream()
          .filter(Parameter::canBeTold)
          .forEach(
              it ->
                  all.put(
                      it.name(),
                      new JobParameter(it.name(), Constant.type(it), Constant.plain(it))));
    }
    ParameterCheck.of("the run", List.copyOf(all.values()), altered);
    altered.forEach((name, value) -> all.computeIfPresent(name, (same, own) -> own.with(value)));
    return all;
  }

  /** What was read and not written before by the run itself, in the order in which it was. */
  private static List<JobInput> inputs(Run run, List<String> live) {
    Map<String, JobInput> inputs = new LinkedHashMap<>();
    Set<String> own = new HashSet<>();
    for (Step step : run.history()) {
      for (Data data : step.data()) {
        if (data.direction() == Direction.WRITTEN) {
          own.add(data.path());
        } else if (isInput(data) && !own.contains(data.path())) {
          inputs.putIfAbsent(
              data.path(), new JobInput(data.path(), data.digest(), isLive(data.path(), live)));
        }
      }
    }
    return List.copyOf(inputs.values());
  }

  private static boolean isInput(Data data) {
    return data.direction() == Direction.READ || data.direction() == Direction.LISTED;
  }

  private static boolean isLive(String path, List<String> live) {
    return live.stream()
        .anyMatch(it -> it.equals(Promotion.EVERYTHING) || Path.of(path).startsWith(it));
  }

  /** The places as the run knows them. */
  private static List<String> live(Run run, List<String> asked) {
    List<String> live = new ArrayList<>();
    Path from = Path.of(run.environment().workingDirectory());
    List<JobInput> inputs = inputs(run, List.of());
    for (String place : asked) {
      String path =
          place.equals(Promotion.EVERYTHING) ? place : from.resolve(place).normalize().toString();
      if (inputs.stream().noneMatch(it -> isLive(it.path(), List.of(path)))) {
        throw new Refusal(
            400,
            "the run has read nothing from %s; it has read %s"
                .formatted(
                    path,
                    inputs.isEmpty()
                        ? "no files"
                        : inputs.stream()
                            .map(JobInput::path)
                            .limit(10)
                            .collect(Collectors.joining(", "))));
      }
      live.add(path);
    }
    return live;
  }
}
