package io.github.spencerpark.ijava.runtime;

import java.util.List;
import org.dflib.jjava.jupyter.kernel.BaseKernel;

/** Magics, called as functions. */
public final class Magics {
  private Magics() {}

  @SuppressWarnings("TypeParameterUnusedInFormals") // as IJava has it
  public static <T> T lineMagic(String name, List<String> arguments) throws Exception {
    BaseKernel kernel = BaseKernel.notebookKernel();
    return kernel.getMagicsRegistry().evalLineMagic(kernel, name, arguments);
  }

  @SuppressWarnings("TypeParameterUnusedInFormals") // as IJava has it
  public static <T> T cellMagic(String name, List<String> arguments, String body) throws Exception {
    BaseKernel kernel = BaseKernel.notebookKernel();
    return kernel.getMagicsRegistry().evalCellMagic(kernel, name, arguments, body);
  }
}
