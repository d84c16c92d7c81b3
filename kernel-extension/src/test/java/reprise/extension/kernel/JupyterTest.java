package reprise.extension.kernel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The kernel as Jupyter starts it. The tests themselves are in Python, as the clients are. */
@Tag("jupyter")
@Tag("any-jdk")
@Tag("long-too")
class JupyterTest {
  private static final String PYTHON = "/usr/bin/python3";

  @TempDir Path jupyter;

  @BeforeEach
  void needsJupyter() throws Exception {
    assertThat(run(List.of(PYTHON, "-c", "import jupyter_client, nbclient, nbformat")).code)
        .describedAs(
            "these tests need Jupyter's client: apt-get install python3-nbclient python3-jupyter-client")
        .isZero();
  }

  @Test
  void installedKernel_drivenByAClient_keepsTheProtocol() throws Exception {
    install();
    Ended ended = run(List.of(PYTHON, "-W", "ignore", "src/test/python/test_kernel.py"));
    assertThat(ended.code).describedAs(ended.text).isZero();
  }

  /** Installs the kernel from the class path of this test, to be run by this test's java. */
  private void install() throws IOException {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    KernelSpec spec = KernelSpec.of(java, jupyter, List.of(), Main.class.getName());
    List<String> argv = new ArrayList<>(spec.argv());
    argv.set(argv.indexOf("-cp") + 1, System.getProperty("java.class.path"));
    new KernelSpec(argv, spec.displayName(), spec.language(), spec.interruptMode(), spec.env())
        .writeTo(jupyter.resolve("kernels").resolve(KernelSpec.NAME));
  }

  private record Ended(int code, String text) {}

  private Ended run(List<String> command) throws IOException, InterruptedException {
    Path text = Files.createTempFile(jupyter, "python", ".txt");
    ProcessBuilder python = new ProcessBuilder(command).redirectErrorStream(true);
    python.redirectOutput(text.toFile());
    python.environment().put("JUPYTER_PATH", jupyter.toString());
    int code = python.start().waitFor();
    return new Ended(code, Files.readString(text, UTF_8));
  }
}
