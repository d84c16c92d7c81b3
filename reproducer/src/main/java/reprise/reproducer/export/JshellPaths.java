package reprise.reproducer.export;

import java.nio.file.Path;
import java.util.Collection;

/**
 * Where files lie in the exported folder. All of them keep their places beside each other, below
 * the lowest folder that holds them all, so that relative paths lead where they led.
 *
 * @param top the folder of the recording machine that becomes {@code data}
 * @param directory in which the run worked
 */
record JshellPaths(Path top, Path directory) {
  static JshellPaths of(Path directory, Collection<Path> files) {
    Path top = directory;
    for (Path file : files) {
      while (!file.startsWith(top) && top.getParent() != null) {
        top = top.getParent();
      }
    }
    return new JshellPaths(top, directory);
  }

  /** In the exported folder. */
  Path place(Path recorded) {
    return Path.of("data").resolve(top.relativize(recorded));
  }

  /** The folder in which the script works, in the exported folder. */
  Path work() {
    return place(directory);
  }

  /** Java source in which absolute paths of the recording machine lead into the folder. */
  String moved(String source) {
    String up = directory.relativize(top).toString();
    String inside = top.toString().equals("/") ? "/" : top + "/";
    return top.getNameCount() == 0
        ? source
        : source
            .replace("\"" + inside, up.isEmpty() ? "\"" : "\"" + up + "/")
            .replace("\"" + top + "\"", up.isEmpty() ? "\".\"" : "\"" + up + "\"");
  }
}
