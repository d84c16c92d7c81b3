package reprise.extension.agent;

import java.io.File;
import java.nio.file.Path;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What woven code of {@code java.base} calls. A copy of this class lives in {@code java.lang},
 * where it must stand on its own: no inner classes, no lambdas, no string concatenation (each would
 * load classes, and so open files, while a file is being opened), nothing outside {@code
 * java.base}. Only the copy is ever used; {@link FileHooks} makes it and holds on to it.
 *
 * <p>Touches travel as the ordinals of {@link FileTouch}, which is out of sight from there.
 */
public final class FileHook {
  /** Takes the ordinal of the touch and one or two paths as the program spelled them. */
  public static volatile @Nullable BiConsumer<Integer, String[]> witness;

  /** Maps a path to where it is really to be found; null maps nothing. */
  public static volatile @Nullable UnaryOperator<String> redirection;

  private static final int O_ACCMODE = 3;
  private static final int O_RDONLY = 0;
  private static final int O_RDWR = 2;
  private static final int O_CREAT = 0x40;
  private static final int O_TRUNC = 0x200;
  private static final int O_DIRECTORY = 0x10000;
  private static final int RANDOM_ACCESS_READ_ONLY = 1;

  private static final int READ = 0;
  private static final int TRUNCATE = 1;
  private static final int APPEND = 2;
  private static final int UPDATE = 3;
  private static final int DELETE = 4;
  private static final int MOVE = 5;
  private static final int LINK = 6;

  /** One cell, true while the witness or something else of ours works on this thread. */
  private static final ThreadLocal<boolean[]> UNSEEN = new ThreadLocal<>();

  private FileHook() {}

  /**
   * Turns seeing and redirecting off or on for this thread.
   *
   * @return how it was before
   */
  public static boolean unseen(boolean now) {
    boolean[] unseen = UNSEEN.get();
    if (unseen == null) {
      unseen = new boolean[1];
      UNSEEN.set(unseen);
    }
    boolean before = unseen[0];
    unseen[0] = now;
    return before;
  }

  // --- woven calls: what is about to happen

  public static void read(String path) {
    tell(READ, path, null);
  }

  public static void write(String path, boolean append) {
    tell(append ? APPEND : TRUNCATE, path, null);
  }

  public static void randomAccess(String path, int mode) {
    tell((mode & RANDOM_ACCESS_READ_ONLY) != 0 ? READ : UPDATE, path, null);
  }

  /** As {@code open(2)}: without O_APPEND, bytes may still change in place. */
  public static void open(Object path, int flags) {
    int access = flags & O_ACCMODE;
    if ((flags & O_DIRECTORY) != 0) {
      return;
    }
    if (access == O_RDONLY) {
      tell(READ, path, null);
    } else if ((flags & O_TRUNC) != 0) {
      tell(TRUNCATE, path, null);
    } else {
      tell(access == O_RDWR || (flags & O_CREAT) == 0 ? UPDATE : APPEND, path, null);
    }
  }

  public static void create(Object path) {
    tell(APPEND, path, null);
  }

  public static void delete(Object path) {
    tell(DELETE, path, null);
  }

  public static void move(Object path, Object target) {
    tell(MOVE, path, target);
  }

  public static void link(Object path, Object secondName) {
    tell(LINK, path, secondName);
  }

  private static void tell(int touch, @Nullable Object path, @Nullable Object target) {
    BiConsumer<Integer, String[]> told = witness;
    if (told == null || path == null) {
      return;
    }
    if (unseen(true)) {
      return;
    }
    try {
      told.accept(
          touch,
          target == null
              ? new String[] {path.toString()}
              : new String[] {path.toString(), target.toString()});
    } catch (Throwable recordingNeverBreaksTheProgram) {
      // the user's own call goes on as if nobody watched; the witness reports its failures itself
    } finally {
      unseen(false);
    }
  }

  // --- woven calls: what takes the argument's place

  /** For a String, a File or a Path one of the same kind that says where to go instead. */
  public static @Nullable Object redirected(@Nullable Object path) {
    UnaryOperator<String> map = redirection;
    if (map == null || path == null) {
      return path;
    }
    if (unseen(true)) {
      return path;
    }
    try {
      String spelled = path.toString();
      String real = map.apply(spelled);
      if (real.equals(spelled)) {
        return path;
      }
      return path instanceof File
          ? new File(real)
          : path instanceof Path nio ? nio.getFileSystem().getPath(real) : real;
    } finally {
      unseen(false);
    }
  }
}
