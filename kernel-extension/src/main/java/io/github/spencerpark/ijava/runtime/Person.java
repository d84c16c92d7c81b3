package io.github.spencerpark.ijava.runtime;

import org.jspecify.annotations.Nullable;

/** Whoever sits before the notebook. */
public interface Person {
  /** A line typed unseen; null if nobody can answer. */
  @Nullable String password(String prompt);
}
