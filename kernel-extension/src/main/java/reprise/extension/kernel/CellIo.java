package reprise.extension.kernel;

import java.nio.charset.StandardCharsets;
import org.dflib.jjava.jupyter.kernel.JupyterIO;

/** The library's display stream and streams, attached to our door for good. */
final class CellIo extends JupyterIO {
  CellIo(Door door) {
    super(StandardCharsets.UTF_8);
    setEnv(door);
    setJupyterInEnabled(true);
  }
}
