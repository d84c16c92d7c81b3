package small;

import org.dflib.jjava.jupyter.kernel.BaseKernel;

/** What notebooks of IJava's family call to display something. */
public final class Show {
  static BaseKernel kernel;

  private Show() {}

  public static void display(Object value, String... as) {
    kernel.display(kernel.getRenderer().renderAs(value, as));
  }
}
