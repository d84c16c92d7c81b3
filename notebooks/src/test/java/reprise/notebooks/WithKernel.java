package reprise.notebooks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;

/** The product with its kernel installed where Jupyter's programs find it, and nothing else. */
abstract class WithKernel extends WithProduct {
  private static final String PYTHON = "/usr/bin/python3";
  private static final Path SCRIPTS =
      Path.of(System.getProperty("reprise.root"), "notebooks/src/test/python");

  @BeforeAll
  static void install() throws Exception {
    Product.Said installed =
        product.reprise(folder, "kernel", "install", "--prefix", folder.toString());
    assertThat(installed.exitCode()).as(installed.err()).isZero();
    lookForKernelsHere();
  }

  /** Jupyter's programs see the kernels of this class, and none of the machine's. */
  static void lookForKernelsHere() {
    product.with("JUPYTER_PATH", folder.resolve("share/jupyter").toString());
    product.with("JUPYTER_RUNTIME_DIR", folder.resolve("runtime").toString());
    product.with("JUPYTER_CONFIG_DIR", folder.resolve("config").toString());
    product.with("IPYTHONDIR", folder.resolve("ipython").toString());
  }

  static Product.Said python(String script, String... arguments) throws Exception {
    List<String> command =
        new ArrayList<>(List.of(PYTHON, "-W", "ignore", SCRIPTS.resolve(script).toString()));
    command.addAll(List.of(arguments));
    return product.run(folder, command);
  }
}
