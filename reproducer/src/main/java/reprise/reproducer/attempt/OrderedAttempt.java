package reprise.reproducer.attempt;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import reprise.ledger.AttemptOrder;
import reprise.ledger.AttemptResult;
import reprise.ledger.Home;
import reprise.ledger.Reproduction;
import reprise.ledger.Run;
import reprise.ledger.RunEvent;
import reprise.ledger.RunId;
import reprise.ledger.TrackingClient;
import reprise.ledger.Verdict;
import reprise.ledger.Wire;
import reprise.ledger.Workspace;
import reprise.reproducer.evidence.Evidence;
import reprise.reproducer.execution.Executor;
import reprise.reproducer.execution.Installation;
import reprise.reproducer.execution.Limits;
import reprise.reproducer.replay.Alterations;
import reprise.reproducer.replay.Host;
import reprise.reproducer.replay.NotOfThisRun;
import reprise.reproducer.replay.ReplayRequest;
import reprise.reproducer.replay.Standard;

/** An attempt in its own folder: the order lies there, and there the result is put. */
public final class OrderedAttempt {
  private final Path folder;
  private final AttemptOrder order;

  private OrderedAttempt(Path folder, AttemptOrder order) {
    this.folder = folder;
    this.order = order;
  }

  /**
   * Reads the order.
   *
   * @throws IOException if there is none, or one that cannot be read
   */
  public static OrderedAttempt in(Path folder) throws IOException {
    Path file = folder.resolve(AttemptOrder.FILE);
    if (!Files.isRegularFile(file)) {
      throw new IOException(
          "There is no %s in %s; this command is for the tracking server, which writes one."
              .formatted(AttemptOrder.FILE, folder));
    }
    try {
      return new OrderedAttempt(
          folder.toAbsolutePath(), Wire.read(Files.readString(file), AttemptOrder.class));
    } catch (UncheckedIOException e) {
      throw new IOException("%s cannot be read: %s".formatted(file, e.getMessage()), e);
    }
  }

  /**
   * Carries it out, and puts the result into the folder.
   *
   * @param server that gave the order
   * @param progress told of each event
   * @throws IOException if there is no result, for the server is away or the disk is full
   */
  public AttemptResult carryOut(
      TrackingClient server, Map<String, String> environment, Consumer<RunEvent> progress)
      throws IOException {
    Run golden = server.run(order.run().value());
    Delivery delivery = new Delivery(server, Home.of(environment));
    AttemptResult result;
    try (Evidence evidence = Evidence.of(golden, server)) {
      result =
          order.stages().isEmpty()
              ? inOneJvm(server, golden, host(evidence, environment, folder), delivery, progress)
              : inStages(
                  server, golden, own -> host(evidence, environment, own), delivery, progress);
    } catch (NotOfThisRun e) {
      result = failed(null, false, String.valueOf(e.getMessage()));
    } finally {
      clear(workspace().root());
    }
    put(result);
    return result;
  }

  private AttemptResult inOneJvm(
      TrackingClient server, Run golden, Host host, Delivery delivery, Consumer<RunEvent> progress)
      throws IOException {
    Failure failure = new Failure(golden, progress);
    ReplayRequest request = new ReplayRequest(golden, alterations(), Map.of(), host);
    long began = System.nanoTime();
    try {
      Reproduction reproduction = request.fulfil(Standard.STRICT, cells -> {}, failure);
      Run replayed = request.replayed();
      if (replayed == null) {
        delivery.rest(failure.session());
        return failed(failure.run(), outOfTime(began), String.valueOf(reproduction.why()));
      }
      String broken = failure.broken();
      if (broken != null) {
        delivery.rest(failure.session());
        return lost(failure.run(), broken);
      }
      AttemptResult result = succeeded(replayed, reproduction.verdict(), request.otherJdk());
      server.post(reproduction);
      return result;
    } catch (Executor.Killed e) {
      return lost(null, String.valueOf(e.getMessage()));
    } catch (Failure.StepFailed e) {
      delivery.rest(failure.session());
      return failed(failure.run(), false, with(request.otherJdk(), e));
    }
  }

  /** A step may have failed for want of what its own JDK had. */
  private static String with(@Nullable String otherJdk, Failure.StepFailed e) {
    return otherJdk == null
        ? String.valueOf(e.getMessage())
        : "%s (%s)".formatted(e.getMessage(), otherJdk);
  }

  private AttemptResult inStages(
      TrackingClient server,
      Run golden,
      Function<Path, Host> hosts,
      Delivery delivery,
      Consumer<RunEvent> progress)
      throws IOException {
    long began = System.nanoTime();
    ReplayRequest request = new ReplayRequest(golden, alterations(), Map.of(), hosts.apply(folder));
    AttemptResult result =
        new StagedAttempt(
                order,
                folder,
                golden,
                request,
                hosts,
                server,
                delivery,
                progress,
                new SecureRandom())
            .carryOut();
    return !result.succeeded() && outOfTime(began) ? result.outOfTime() : result;
  }

  private Alterations alterations() {
    return new Alterations(
        order.parameters(),
        new LinkedHashSet<>(order.live()),
        order.freshChance(),
        order.online(),
        null,
        null,
        false);
  }

  private Host host(Evidence evidence, Map<String, String> environment, Path own) {
    Integer timeout = order.timeoutSeconds();
    return new Host(
        evidence,
        environment,
        Installation.here(),
        InstantSource.system(),
        new SecureRandom(),
        Limits.of(order.memory(), timeout == null ? null : timeout + "s", null),
        own);
  }

  /** Where {@link Host} puts the workspace of one that is kept. */
  private Workspace workspace() {
    return new Workspace(folder.resolve("workspace"));
  }

  private boolean outOfTime(long began) {
    Integer timeout = order.timeoutSeconds();
    return timeout != null && System.nanoTime() - began >= Duration.ofSeconds(timeout).toNanos();
  }

  private AttemptResult succeeded(Run replayed, Verdict verdict, @Nullable String remark)
      throws IOException {
    Harvest harvest = new Harvest(workspace(), folder.resolve(AttemptResult.ARTIFACTS));
    return new AttemptResult(
        order.attempt(),
        true,
        false,
        false,
        replayed.run(),
        verdict,
        remark,
        harvest.of(replayed),
        List.of());
  }

  private AttemptResult failed(@Nullable RunId run, boolean timedOut, String why) {
    return new AttemptResult(
        order.attempt(), false, timedOut, false, run, null, why, List.of(), List.of());
  }

  private AttemptResult lost(@Nullable RunId run, String why) {
    return new AttemptResult(
        order.attempt(), false, false, true, run, null, why, List.of(), List.of());
  }

  private void put(AttemptResult result) throws IOException {
    write(folder.resolve(AttemptResult.FILE), result);
  }

  /** Whoever reads the file meanwhile finds what it held before, or all of this. */
  static void write(Path file, Object fact) throws IOException {
    Path half = file.resolveSibling(file.getFileName() + ".half");
    Files.writeString(half, Wire.write(fact));
    Files.move(half, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  static void clear(Path workspace) throws IOException {
    if (Files.exists(workspace)) {
      try (Stream<Path> all = Files.walk(workspace)) {
        for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(path);
        }
      }
    }
  }
}
