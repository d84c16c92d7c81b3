package io.github.spencerpark.ijava.runtime;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.jspecify.annotations.Nullable;

/** Shows things under the cell before it ends. */
public final class Display {
  private static final Pattern FORM = Pattern.compile("[a-z]+/[\\w.+-]+");
  private static final AtomicInteger SHOWN = new AtomicInteger();

  private Display() {}

  public static DisplayData render(@Nullable Object o) {
    return BaseKernel.notebookKernel().getRenderer().render(o);
  }

  public static DisplayData render(@Nullable Object o, String... as) {
    return BaseKernel.notebookKernel().getRenderer().renderAs(o, as);
  }

  /** Returns the display's id, with which {@link #updateDisplay} replaces it. */
  public static String display(@Nullable Object o) {
    return show(render(o));
  }

  public static String display(@Nullable Object o, String... as) {
    return show(render(o, as));
  }

  /** Rapaio's kernel has the form first, of anything. */
  public static String display(String form, @Nullable Object o) {
    return o instanceof String as && !(isForm(form) && !isForm(as))
        ? show(render(form, as))
        : show(render(o, form));
  }

  private static boolean isForm(String text) {
    return FORM.matcher(text).matches();
  }

  public static void updateDisplay(String id, @Nullable Object o) {
    BaseKernel.notebookKernel().getIO().display.updateDisplay(id, render(o));
  }

  public static void updateDisplay(String id, @Nullable Object o, String... as) {
    BaseKernel.notebookKernel().getIO().display.updateDisplay(id, render(o, as));
  }

  /** Ids are counted, not random: the same cells shall show the same when they run again. */
  private static String show(DisplayData data) {
    String id = data.getDisplayId();
    if (id == null) {
      id = "display-" + SHOWN.incrementAndGet();
      data.setDisplayId(id);
    }
    BaseKernel.notebookKernel().display(data);
    return id;
  }
}
