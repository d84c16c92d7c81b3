package io.github.spencerpark.ijava;

import org.dflib.jjava.jupyter.kernel.BaseKernel;

/** Where notebooks written for IJava look for their kernel. */
public final class IJava {
  private IJava() {}

  public static JavaKernel getKernelInstance() {
    return (JavaKernel) BaseKernel.notebookKernel();
  }
}
