package io.github.spencerpark.ijava.runtime;

import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.jspecify.annotations.Nullable;

/** The kernel, spoken to from a cell. */
public final class Kernel {
  private Kernel() {}

  public static BaseKernel getKernelInstance() {
    return BaseKernel.notebookKernel();
  }

  /** Executes {@code source} as if it stood in the cell; returns its value. */
  public static @Nullable Object eval(String source) {
    return BaseKernel.notebookKernel().evalRaw(source);
  }

  /** Asks the person for a line that nobody shall see; null if nobody can answer. */
  public static @Nullable String password(String prompt) {
    return BaseKernel.notebookKernel() instanceof Person person ? person.password(prompt) : null;
  }

  public static void printf(String format, @Nullable Object... arguments) {
    System.out.printf(format, arguments);
  }
}
