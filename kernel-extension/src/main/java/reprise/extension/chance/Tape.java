package reprise.extension.chance;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The values of one kind as notebook code reads them in one step: kept, and given again. */
abstract class Tape<T> {
  /** More are not kept: a loop that waits for a moment reads millions. */
  static final int MOST = 10_000;

  private final @Nullable List<T> recorded;
  private final List<T> given = new ArrayList<>();
  private @Nullable T last;
  private @Nullable T trueThen;
  private int next;
  private volatile boolean full;
  private boolean mixed;
  private @Nullable Thread reader;

  /**
   * @param recorded what a replay gives; null while recording
   */
  Tape(@Nullable List<T> recorded) {
    this.recorded = recorded;
  }

  /**
   * What comes when all that was recorded is used up.
   *
   * @param last the last value that was given
   * @param trueThen the true one of that moment
   */
  abstract T goOn(T last, T trueThen, T now);

  /**
   * The value that the program gets.
   *
   * @param now the true one
   * @param ordered whether the thread that reads is alone in keeping its order
   */
  T read(T now, boolean ordered) {
    return full && recorded == null ? now : take(now, ordered);
  }

  private synchronized T take(T now, boolean ordered) {
    Thread current = Thread.currentThread();
    if (reader == null) {
      reader = current;
    }
    mixed |= !ordered || reader != current;
    T value = recorded == null ? now : again(recorded, now);
    if (given.size() < MOST) {
      given.add(value);
    } else {
      full = true;
    }
    return value;
  }

  private T again(List<T> before, T now) {
    if (next < before.size()) {
      T value = before.get(next);
      next++;
      last = value;
      trueThen = now;
      return value;
    }
    return last == null || trueThen == null ? now : goOn(last, trueThen, now);
  }

  /** What was given so far, the first of it. */
  synchronized List<T> given() {
    return List.copyOf(given);
  }

  synchronized boolean isUnread() {
    return given.isEmpty();
  }

  /** Whether more was read than is kept. */
  boolean overflowed() {
    return full;
  }

  /** Whether several threads read, or one whose order is not the same each time. */
  synchronized boolean mixed() {
    return mixed;
  }
}
