package reprise.server.job;

import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import reprise.server.job.stream.StreamKind;

/**
 * The modules that know kinds of streams. One is loaded when a trigger wants it first, from a
 * folder of its own, so that nobody pays for what is not used, and no library meets another.
 */
final class StreamKinds {
  private final @Nullable Path folder;
  private final Map<String, StreamKind> loaded = new HashMap<>();

  /**
   * Loads nothing yet.
   *
   * @param folder has one folder with jars for each kind; null if all are on the class path
   */
  StreamKinds(@Nullable Path folder) {
    this.folder = folder;
  }

  /** Those of the distribution that this server was started from. */
  static StreamKinds installed() {
    String lib = System.getProperty("reprise.lib");
    return new StreamKinds(lib == null ? null : Path.of(lib, "streams"));
  }

  /**
   * The kind of this name.
   *
   * @throws IOException if it is not installed, or does not load
   */
  synchronized StreamKind find(String name) throws IOException {
    StreamKind known = loaded.get(name);
    if (known != null) {
      return known;
    }
    StreamKind found =
        ServiceLoader.load(StreamKind.class, loader(name)).stream()
            .map(ServiceLoader.Provider::get)
            .filter(it -> it.name().equals(name))
            .findFirst()
            .orElseThrow(
                () ->
                    new IOException(
                        "this server cannot read %s, for its folder lib/streams/%s is missing; install Reprise whole"
                            .formatted(name, name)));
    loaded.put(name, found);
    return found;
  }

  private ClassLoader loader(String name) throws IOException {
    ClassLoader own = StreamKinds.class.getClassLoader();
    Path jars = folder == null ? null : folder.resolve(name);
    if (jars == null || !Files.isDirectory(jars)) {
      return own;
    }
    try (Stream<Path> files = Files.list(jars)) {
      List<File> all =
          files.filter(it -> it.toString().endsWith(".jar")).sorted().map(Path::toFile).toList();
      URL[] urls = new URL[all.size()];
      for (int i = 0; i < urls.length; i++) {
        urls[i] = url(all.get(i));
      }
      return new URLClassLoader("stream " + name, urls, own);
    }
  }

  private static URL url(File file) throws MalformedURLException {
    return file.toURI().toURL();
  }
}
