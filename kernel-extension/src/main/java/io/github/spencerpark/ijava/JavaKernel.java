package io.github.spencerpark.ijava;

import io.github.spencerpark.jupyter.kernel.magic.registry.Magics;
import java.util.List;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.HelpLink;
import org.dflib.jjava.jupyter.kernel.JupyterIO;
import org.dflib.jjava.jupyter.kernel.LanguageInfo;
import org.dflib.jjava.jupyter.kernel.comm.CommManager;
import org.dflib.jjava.jupyter.kernel.display.Renderer;
import org.dflib.jjava.jupyter.kernel.magic.MagicParser;
import org.dflib.jjava.jupyter.kernel.magic.MagicTranspiler;
import org.dflib.jjava.jupyter.kernel.magic.MagicsRegistry;
import org.dflib.jjava.jupyter.kernel.util.StringStyler;

/** The kernel with the methods that notebooks written for IJava call. */
public abstract class JavaKernel extends BaseKernel {
  @SuppressWarnings("NullAway") // the library allows that there is no history
  protected JavaKernel(
      String name,
      String version,
      LanguageInfo language,
      List<HelpLink> help,
      JupyterIO io,
      Renderer renderer) {
    super(
        name,
        version,
        language,
        help,
        null,
        io,
        new CommManager(),
        renderer,
        new MagicParser("(?<=(?:^|=))\\s*%", "%%", new MagicTranspiler()),
        new MagicsRegistry(),
        false,
        new StringStyler.Builder().build());
  }

  public Magics getMagics() {
    return new Magics(getMagicsRegistry());
  }
}
