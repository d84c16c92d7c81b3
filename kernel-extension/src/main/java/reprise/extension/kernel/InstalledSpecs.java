package reprise.extension.kernel;

import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The kernelspecs that Jupyter finds, where it looks for them and in that order. */
public final class InstalledSpecs {
  private final List<Path> folders;

  /**
   * Looks where Jupyter does.
   *
   * @param environment says where that is beside the usual places
   */
  public InstalledSpecs(Map<String, String> environment) {
    List<Path> data = new ArrayList<>();
    Arrays.stream(environment.getOrDefault("JUPYTER_PATH", "").split(File.pathSeparator, -1))
        .filter(entry -> !entry.isEmpty())
        .map(Path::of)
        .forEach(data::add);
    data.add(KernelSpec.ownData(environment));
    Stream.of("VIRTUAL_ENV", "CONDA_PREFIX")
        .map(name -> environment.getOrDefault(name, ""))
        .filter(prefix -> !prefix.isEmpty())
        .forEach(prefix -> data.add(Path.of(prefix, "share/jupyter")));
    String forAll = environment.getOrDefault("PROGRAMDATA", "");
    if (!forAll.isEmpty()) {
      data.add(Path.of(forAll, "jupyter"));
    }
    data.add(Path.of("/usr/local/share/jupyter"));
    data.add(Path.of("/usr/share/jupyter"));
    folders = data.stream().map(folder -> folder.resolve("kernels")).toList();
  }

  /** The folder of the kernelspec with this name, which Jupyter takes in any case. */
  public Optional<Path> find(String name) {
    return folders.stream()
        .map(folder -> folder.resolve(name.toLowerCase(Locale.ROOT)))
        .filter(folder -> Files.isRegularFile(folder.resolve("kernel.json")))
        .findFirst();
  }

  /** All names, sorted. */
  public List<String> names() {
    TreeSet<String> names = new TreeSet<>();
    for (Path folder : folders) {
      try (DirectoryStream<Path> specs = Files.newDirectoryStream(folder)) {
        for (Path spec : specs) {
          if (Files.isRegularFile(spec.resolve("kernel.json"))) {
            names.add(String.valueOf(spec.getFileName()));
          }
        }
      } catch (IOException e) {
        // no kernels there
      }
    }
    return List.copyOf(names);
  }
}
