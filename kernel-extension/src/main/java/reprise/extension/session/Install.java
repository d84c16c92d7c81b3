package reprise.extension.session;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import reprise.extension.kernel.KernelSpec;
import reprise.ledger.NotebookJvm;

/**
 * {@code reprise kernel}: tells Jupyter how to start our kernel, recorded, or another recorded one.
 */
public final class Install {
  private static final String USAGE =
      "Usage: reprise kernel install [--prefix DIR] [--name NAME]\n"
          + "Writes the kernelspec of Reprise's Java kernel below DIR/share/jupyter, or among your"
          + " own kernels.\n"
          + Attach.USAGE;
  private static final int WRONG_USAGE = 2;
  private static final int COULD_NOT_RUN = 3;

  private final @Nullable Path prefix;
  private final String name;

  private Install(@Nullable Path prefix, String name) {
    this.prefix = prefix;
    this.name = name;
  }

  public static void main(String[] arguments) throws InterruptedException, URISyntaxException {
    if (List.of(arguments).contains("--help")) {
      System.out.println(USAGE);
      return;
    }
    try {
      System.out.println(
          arguments.length > 0 && arguments[0].equals("attach")
              ? Attach.of(arguments).done(System.getenv())
              : "Installed " + of(arguments).write(System.getenv()));
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage() + "\n" + USAGE);
      System.exit(WRONG_USAGE);
    } catch (IOException e) {
      System.err.println(
          "The kernelspec could not be written (" + e + "); choose another --prefix.");
      System.exit(COULD_NOT_RUN);
    }
  }

  private static Install of(String[] arguments) {
    if (arguments.length % 2 == 0 || !arguments[0].equals("install")) {
      throw new IllegalArgumentException("That is not a kernel command that Reprise knows.");
    }
    Path prefix = null;
    String name = KernelSpec.NAME;
    for (int i = 1; i < arguments.length; i += 2) {
      switch (arguments[i]) {
        case "--prefix" -> prefix = Path.of(arguments[i + 1]).toAbsolutePath();
        case "--name" -> name = arguments[i + 1];
        default -> throw new IllegalArgumentException("What is " + arguments[i] + "?");
      }
    }
    return new Install(prefix, name);
  }

  private Path write(Map<String, String> environment)
      throws IOException, InterruptedException, URISyntaxException {
    Path jar = Path.of(Install.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    Path folder = KernelSpec.folder(prefix, name, environment);
    List<String> options = new ArrayList<>(NotebookJvm.options(environment));
    options.add("-javaagent:" + jar);
    KernelSpec spec =
        KernelSpec.of(
            KernelSpec.java(environment),
            jar.resolveSibling("").toAbsolutePath(),
            options,
            Main.class.getName());
    if (!Files.isRegularFile(jar)) {
      throw new IOException("Reprise is not built: " + jar + " is no jar");
    }
    spec.rehearsed(folder).writeTo(folder);
    return folder;
  }
}
