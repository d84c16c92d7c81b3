package reprise.extension.capture;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import reprise.extension.agent.FileState;
import reprise.ledger.ChildProcess;

/**
 * The processes that one step starts. What they do to files is found out by comparing the folder
 * that they work in before and after.
 */
final class StepChildren {
  private static final String NAMED = "named in a command";
  private static final String BY_A_CHILD = "by a child process";
  private static final int MOST_ASKED = 1_000;

  private final StepFiles files;
  private final FileDigests digests;
  private final Predicate<Path> passedOver;
  private final UnaryOperator<Path> redirection;
  private final List<Child> children = new ArrayList<>();
  private final Map<Path, WorkTree> trees = new LinkedHashMap<>();

  /** One process, from the moment at which it is about to be started. */
  private static final class Child {
    private final List<String> command;
    private final Path folder;
    private final Thread starter = Thread.currentThread();
    private @Nullable Process process;
    private @Nullable Integer exitCode;

    Child(List<String> command, Path folder) {
      this.command = command;
      this.folder = folder;
    }

    boolean hasJustEnded() {
      Process running = process;
      if (running == null || exitCode != null || running.isAlive()) {
        return false;
      }
      exitCode = running.exitValue();
      return true;
    }
  }

  StepChildren(
      StepFiles files,
      FileDigests digests,
      Predicate<Path> passedOver,
      UnaryOperator<Path> redirection) {
    this.files = files;
    this.digests = digests;
    this.passedOver = passedOver;
    this.redirection = redirection;
  }

  synchronized void starts(List<String> command, Path folder) {
    settle();
    files.settleAll();
    Child child = new Child(command, folder);
    children.removeIf(other -> other.process == null && other.starter == child.starter);
    children.add(child);
    if (!Machine.owns(folder)) {
      files.givenAwayFolder(folder, MOST_ASKED);
      trees.putIfAbsent(folder, treeOf(folder));
    }
    for (Path named : new CommandFiles(folder, redirection).in(command)) {
      if (!passedOver.test(named)) {
        files.givenAway(named, NAMED);
      }
    }
  }

  synchronized void started(Process process) {
    for (Child child : children) {
      if (child.process == null && child.starter == Thread.currentThread()) {
        child.process = process;
      }
    }
  }

  /** Tells what those have done that have ended since the last call. */
  synchronized void settle() {
    boolean any = false;
    for (Child child : children) {
      any |= child.hasJustEnded();
    }
    if (any) {
      compare();
    }
  }

  /** All that were started since the last call; those that still run have no exit code. */
  synchronized List<ChildProcess> take() {
    if (children.isEmpty()) {
      return List.of();
    }
    settle();
    children.removeIf(child -> child.process == null); // it could not be started
    if (children.stream().anyMatch(child -> child.exitCode == null)) {
      compare();
    }
    List<ChildProcess> taken =
        children.stream()
            .map(child -> new ChildProcess(child.command, child.folder.toString(), child.exitCode))
            .toList();
    children.clear();
    trees.clear();
    return taken;
  }

  private void compare() {
    for (Map.Entry<Path, WorkTree> each : trees.entrySet()) {
      WorkTree now = treeOf(each.getKey());
      compare(each.getKey(), each.getValue().files(), now.files());
      each.setValue(now);
    }
  }

  private void compare(Path folder, Map<Path, FileState> before, Map<Path, FileState> now) {
    new TreeMap<>(now)
        .forEach(
            (file, state) -> {
              if (!state.equals(before.get(file))) {
                files.written(folder.resolve(file), state, BY_A_CHILD);
              }
            });
    new TreeMap<>(before)
        .forEach(
            (file, was) -> {
              if (!now.containsKey(file)) {
                Path path = folder.resolve(file);
                files.removed(path, was.size(), digests.known(redirection.apply(path), was));
              }
            });
  }

  private WorkTree treeOf(Path folder) {
    return WorkTree.of(redirection.apply(folder), passedOver);
  }
}
