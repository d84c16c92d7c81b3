import java.nio.file.Path;
import java.util.Map;
import reprise.extension.kernel.KernelSpec;
import reprise.extension.kernel.Main;
import reprise.ledger.NotebookJvm;

/** Writes the kernelspec of our kernel without its recording into a folder: what it is held to. */
final class UnrecordedKernel {
  private UnrecordedKernel() {}

  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    Path lib =
        Path.of(KernelSpec.class.getProtectionDomain().getCodeSource().getLocation().toURI())
            .resolveSibling("")
            .toAbsolutePath();
    KernelSpec spec =
        KernelSpec.of(
                KernelSpec.java(System.getenv()),
                lib,
                NotebookJvm.options(Map.of()),
                Main.class.getName())
            .rehearsed(folder);
    if (spec.argv().stream().noneMatch(word -> word.contains("classes.archive"))) {
      throw new IllegalStateException("The unrecorded kernel could not be rehearsed");
    }
    spec.writeTo(folder);
  }
}
