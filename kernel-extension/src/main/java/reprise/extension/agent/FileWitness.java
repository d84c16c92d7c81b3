package reprise.extension.agent;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Told of each file just before it is touched, on the thread that touches it. What it does with
 * files itself is not reported back to it. It must be quick, and what it throws is swallowed: the
 * user's own call goes on as if nobody watched.
 */
public interface FileWitness {
  /**
   * Called before the file is touched, so that what it holds can still be read.
   *
   * @param path absolute and normalised, as the program means it, before any redirection
   * @param target for {@link FileTouch#MOVE} and {@link FileTouch#LINK} the new name, else null
   */
  void touches(FileTouch touch, Path path, @Nullable Path target);

  /**
   * Called before a child process is started; what it does to files is out of sight.
   *
   * @param folder in which it works, as the program means it
   */
  default void starts(List<String> command, Path folder) {}

  /** Called once the process of the last {@link #starts} on this thread is there. */
  default void started(Process process) {}
}
