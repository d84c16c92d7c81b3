package reprise.extension.capture;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import reprise.ledger.Home;

/**
 * Where DJL and JNA unpack native libraries out of their jars. Those belong to the machine: whoever
 * has the jars has them too, and the JVM loads them past all that could lead a path elsewhere.
 * Models and data sets that DJL downloads lie beside them and are data.
 */
public final class NativeCache {
  private static final Set<String> OF_DJL =
      Set.of(
          "pytorch",
          "tensorflow",
          "mxnet",
          "onnxruntime",
          "xgboost",
          "lightgbm",
          "tokenizers",
          "sentencepiece",
          "fasttext");
  private static final Set<String> OF_JNA = Set.of("JNA");

  /** By folder, with a slash at its end: the names in it below which libraries lie. */
  private final Map<String, Set<String>> folders = new LinkedHashMap<>();

  public NativeCache() {
    Path home = Home.person();
    put(setting("ENGINE_CACHE_DIR"), OF_DJL);
    put(setting("DJL_CACHE_DIR"), OF_DJL);
    put(home.resolve(".djl.ai"), OF_DJL);
    put(Path.of(System.getProperty("java.io.tmpdir"), ".djl.ai"), OF_DJL);
    put(setting("XDG_CACHE_HOME"), OF_JNA);
    put(home.resolve(".cache"), OF_JNA);
    put(home.resolve("Library/Caches"), OF_JNA);
  }

  private void put(@Nullable Path folder, Set<String> names) {
    if (folder != null) {
      folders.putIfAbsent(folder.toAbsolutePath().normalize() + "/", names);
    }
  }

  private static @Nullable Path setting(String name) {
    String value = System.getenv(name);
    String meant = value == null ? System.getProperty(name) : value;
    return meant == null || meant.isEmpty() ? null : Path.of(meant);
  }

  /** Whether an absolute path leads there; by text, for it is asked of every file. */
  public boolean holds(String path) {
    for (Map.Entry<String, Set<String>> folder : folders.entrySet()) {
      int start = folder.getKey().length();
      if (path.startsWith(folder.getKey())) {
        int end = path.indexOf('/', start);
        return folder.getValue().contains(path.substring(start, end < 0 ? path.length() : end));
      }
    }
    return false;
  }
}
