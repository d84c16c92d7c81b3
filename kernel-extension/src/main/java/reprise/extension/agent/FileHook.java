package reprise.extension.agent;

import java.io.File;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
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
  /** Takes the ordinal of the touch and what it touches, as the program spelled it. */
  public static volatile @Nullable BiConsumer<Integer, Object[]> witness;

  /** Maps a path or database URL to where it is really to be found; null maps nothing. */
  public static volatile @Nullable UnaryOperator<String> redirection;

  /** The same for a path whose file or folder is about to be changed, made or removed. */
  public static volatile @Nullable UnaryOperator<String> redirectionOfChanges;

  /** The way back: what the program calls a real path. Null where nothing is redirected. */
  public static volatile @Nullable UnaryOperator<String> origin;

  /** Puts the names in a folder, given by its real path, into an order; null leaves them alone. */
  public static volatile @Nullable BiFunction<String, String[], String[]> order;

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
  private static final int LOOK = 7;
  private static final int CONNECT = 8;
  private static final int START = 9;
  private static final int STARTED = 10;

  private static final int SLASH = 47;
  private static final Charset NAMES =
      Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));

  /** What directory streams have left to give, where an order is wanted. */
  private static final Map<Object, Iterator<?>> ORDERED =
      Collections.synchronizedMap(new WeakHashMap<>());

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

  public static void list(Object folder) {
    tell(READ, folder, null);
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

  /** As {@code openat(2)}: the name is relative to an open folder. */
  public static void openAt(int folder, byte[] name, int flags) {
    String path = at(folder, name);
    if (path != null) {
      open(path, flags);
    }
  }

  public static void deleteAt(int folder, byte[] name) {
    tell(DELETE, at(folder, name), null);
  }

  public static void moveAt(int folder, byte[] name, int toFolder, byte[] newName) {
    String target = at(toFolder, newName);
    if (target != null) {
      tell(MOVE, at(folder, name), target);
    }
  }

  /** Asked about, or made or removed as a folder: whether it is there decides what follows. */
  public static void look(Object path) {
    tell(LOOK, path, null);
  }

  public static void symlink(byte[] points, Object path) {
    tell(LOOK, path, null);
  }

  /** A database, by its JDBC URL. */
  public static void connect(String url) {
    tell(CONNECT, url, null);
  }

  /** A child process, just before it is. */
  public static void start(
      String @Nullable [] command, @Nullable Map<?, ?> environment, @Nullable String folder) {
    if (command != null) {
      Object[] all = new Object[command.length + 1];
      all[0] = folder == null ? "" : folder;
      System.arraycopy(command, 0, all, 1, command.length);
      tell(START, all);
    }
  }

  /** The child process, once it is. */
  public static Object started(Object process) {
    tell(STARTED, new Object[] {process});
    return process;
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
    if (witness != null && path != null) {
      tell(touch, target == null ? new Object[] {path} : new Object[] {path, target});
    }
  }

  private static void tell(int touch, Object[] what) {
    BiConsumer<Integer, Object[]> told = witness;
    if (told == null || unseen(true)) {
      return;
    }
    try {
      told.accept(touch, what);
    } catch (Throwable recordingNeverBreaksTheProgram) {
      // the user's own call goes on as if nobody watched; the witness reports its failures itself
    } finally {
      unseen(false);
    }
  }

  /** What the program calls a file in an open folder; null if that cannot be found out. */
  private static @Nullable String at(int folder, byte[] name) {
    if ((witness == null && redirection == null) || unseen(true)) {
      return null;
    }
    try {
      Path open = Path.of("/proc/self/fd/".concat(Integer.toString(folder)));
      String real = Files.readSymbolicLink(open).resolve(new String(name, NAMES)).toString();
      UnaryOperator<String> back = origin;
      return back == null ? real : back.apply(real);
    } catch (Throwable noProcFileSystem) {
      return null;
    } finally {
      unseen(false);
    }
  }

  // --- woven calls: what takes the argument's place

  /** For a String, a File or a Path one of the same kind that says where to go instead. */
  public static @Nullable Object redirected(@Nullable Object path) {
    return redirected(path, redirection);
  }

  public static @Nullable Object redirectedChange(@Nullable Object path) {
    return redirected(path, redirectionOfChanges);
  }

  /** The flags are those of {@code open(2)}. */
  public static @Nullable Object redirectedOpen(@Nullable Object path, int flags) {
    return (flags & O_ACCMODE) == O_RDONLY ? redirected(path) : redirectedChange(path);
  }

  /** The mode is that of {@link java.io.RandomAccessFile}. */
  public static @Nullable Object redirectedRandomAccess(@Nullable Object path, int mode) {
    return (mode & RANDOM_ACCESS_READ_ONLY) != 0 ? redirected(path) : redirectedChange(path);
  }

  private static @Nullable Object redirected(
      @Nullable Object path, @Nullable UnaryOperator<String> map) {
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

  /** For the target of a symbolic link; a relative one stays inside whatever folder it lies in. */
  public static byte[] redirectedBytes(byte[] path) {
    if (redirection == null || path.length == 0 || path[0] != SLASH) {
      return path;
    }
    Object real = redirected(new String(path, NAMES));
    return real == null ? path : real.toString().getBytes(NAMES);
  }

  /** What the operating system answers with a real path, as the program would call it. */
  public static byte[] original(byte[] real) {
    UnaryOperator<String> back = origin;
    if (back == null || real == null || real.length == 0 || real[0] != SLASH || unseen(true)) {
      return real;
    }
    try {
      return back.apply(new String(real, NAMES)).getBytes(NAMES);
    } finally {
      unseen(false);
    }
  }

  /** The names in a folder, for {@link File#list}. */
  public static String @Nullable [] ordered(String @Nullable [] names, Object folder) {
    BiFunction<String, String[], String[]> wanted = order;
    if (wanted == null || names == null || unseen(true)) {
      return names;
    }
    try {
      return wanted.apply(folder.toString(), names);
    } finally {
      unseen(false);
    }
  }

  /**
   * The next name that a directory stream gives. Where an order is wanted, all names are fetched
   * when the first one is, and what the operating system gives after that is not looked at.
   */
  public static byte @Nullable [] next(byte @Nullable [] name, Object stream, Object folder) {
    if (order == null) {
      return name;
    }
    Iterator<?> rest = ORDERED.get(stream);
    if (rest == null) {
      String[] names = new File(folder.toString()).list(); // woven too, so in order already
      rest = (names == null ? List.of() : Arrays.asList(names)).iterator();
      ORDERED.put(stream, rest);
    }
    if (rest.hasNext()) {
      return rest.next().toString().getBytes(NAMES);
    }
    ORDERED.remove(stream);
    return null;
  }
}
