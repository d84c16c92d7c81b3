package reprise.extension.attach;

import java.util.concurrent.atomic.AtomicBoolean;
import jdk.jshell.JShell;
import org.jspecify.annotations.Nullable;
import reprise.extension.agent.ShellInsides;

/** Whether the kernel in this JVM is made as we know it. If it is not, the person is told once. */
final class Recognition {
  private static final long PATIENCE_NANOS = 10_000_000_000L;
  private static final String RECORDS_NOTHING =
      "Reprise does not know what this kernel is made of, so nothing of this session is recorded"
          + " (%s); notebooks for 'Java (Reprise)' are.";
  private static final String MISSES_SOMETHING =
      "Reprise could not follow this kernel everywhere, so something is missing in the record"
          + " (%s); notebooks for 'Java (Reprise)' are recorded wholly.";

  private final boolean isAKernel;
  private final AtomicBoolean said = new AtomicBoolean();
  private volatile boolean strange;
  private volatile boolean heard;
  private volatile @Nullable Boolean seen;
  private volatile long firstEvaluation;

  /**
   * @param isAKernel whether Jupyter started this JVM for a kernel; in others JShell may be at work
   *     too, and nobody waits for a word of ours
   */
  Recognition(boolean isAKernel) {
    this.isAKernel = isAKernel;
  }

  /** A message of Jupyter's has come to the kernel. */
  void isHeard() {
    heard = true;
  }

  /** Takes note that JShell is at work; returns whether it is for the first time. */
  boolean isFirst(JShell shell) {
    if (seen != null) {
      if (!heard && System.nanoTime() - firstEvaluation > PATIENCE_NANOS) {
        isStrange("it does not speak through a ZeroMQ that Reprise knows");
      }
      return false;
    }
    firstEvaluation = System.nanoTime();
    seen = ShellInsides.executesHere(shell);
    return true;
  }

  /** A cell is about to be evaluated. */
  void isAsked() {
    if (Boolean.FALSE.equals(seen)) {
      isStrange("its cells are executed in another JVM");
    }
  }

  /** Whether a cell's code can be seen, so that recording it makes sense. */
  boolean isKnown() {
    return Boolean.TRUE.equals(seen) && !strange;
  }

  /** Nothing can be recorded here. */
  void isStrange(String why) {
    strange = true;
    say(RECORDS_NOTHING, why);
  }

  /** Something went by unrecorded. */
  void missed(Throwable why) {
    say(MISSES_SOMETHING, why.toString());
  }

  private void say(String sentence, String why) {
    if (isAKernel && !said.getAndSet(true)) {
      System.err.println(sentence.formatted(why));
    }
  }
}
