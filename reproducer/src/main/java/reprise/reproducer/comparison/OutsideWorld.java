package reprise.reproducer.comparison;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import reprise.ledger.Data;
import reprise.ledger.Data.Direction;
import reprise.ledger.Reply;
import reprise.ledger.Step;

/** What a step and its replay had to do with the world outside. */
final class OutsideWorld {
  private final Step expected;
  private final Step actual;

  OutsideWorld(Step expected, Step actual) {
    this.expected = expected;
    this.actual = actual;
  }

  /** What of it must make a difference; null if nothing does. */
  @Nullable String cause() {
    for (Data data : actual.data()) {
      if (data.direction() == Direction.REFUSED) {
        return data.note() == null
            ? "%s is out of reach in a replay that is offline".formatted(data.path())
            : "%s %s was asked for and not recorded".formatted(data.note(), data.path());
      }
    }
    return otherAnswer();
  }

  /** In a replay that is online a server may have something else to say by now. */
  private @Nullable String otherAnswer() {
    List<Data> now = replies(actual);
    for (Data before : replies(expected)) {
      for (Data again : now) {
        if (isAskedBy(before, again)) {
          now.remove(again);
          if (!isSame(before, again)) {
            return "%s %s answered otherwise than it had".formatted(method(before), before.path());
          }
          break;
        }
      }
    }
    return null;
  }

  private static List<Data> replies(Step step) {
    return new ArrayList<>(step.data().stream().filter(data -> data.reply() != null).toList());
  }

  private static boolean isAskedBy(Data before, Data again) {
    Reply left = before.reply();
    Reply right = again.reply();
    return left != null
        && right != null
        && before.path().equals(again.path())
        && left.method().equals(right.method())
        && Objects.equals(left.request(), right.request());
  }

  private static boolean isSame(Data before, Data again) {
    Reply left = before.reply();
    Reply right = again.reply();
    return Objects.equals(before.digest(), again.digest())
        && left != null
        && right != null
        && Objects.equals(left.status(), right.status());
  }

  private static String method(Data data) {
    Reply reply = data.reply();
    return reply == null ? "" : reply.method();
  }

  /** What went over other ways than requests is not kept, a line each. */
  List<String> notKept() {
    return expected.data().stream()
        .filter(data -> data.direction() == Direction.CONNECTED)
        .map(data -> "what went over %s, which is not kept".formatted(data.path()))
        .toList();
  }
}
