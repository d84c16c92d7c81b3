package reprise.extension.agent;

import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A file as its folder knows it. A file counts as unchanged while this is the same; rewriting the
 * same size within one tick of the file system's clock was tried and moves the change time.
 *
 * @param modified in nanoseconds since 1970, as {@code changed}
 */
public record FileState(long size, long modified, long changed, long inode, int mode) {
  private static final int KIND = 0170000;
  private static final int FILE = 0100000;
  private static final int FOLDER = 0040000;

  public static FileState of(Path file) throws IOException {
    return Fields.CAN_BE_READ
        ? Fields.of(Files.readAttributes(file, PosixFileAttributes.class))
        : of(Files.readAttributes(file, "unix:size,lastModifiedTime,ctime,ino,mode"));
  }

  private static FileState of(Map<String, Object> parts) {
    return new FileState(
        (Long) part(parts, "size"),
        ((FileTime) part(parts, "lastModifiedTime")).to(TimeUnit.NANOSECONDS),
        ((FileTime) part(parts, "ctime")).to(TimeUnit.NANOSECONDS),
        (Long) part(parts, "ino"),
        (Integer) part(parts, "mode"));
  }

  private static Object part(Map<String, Object> of, String name) {
    return Objects.requireNonNull(of.get(name));
  }

  /** Null if nothing is there, or if it cannot be looked at. */
  public static @Nullable FileState ifThere(Path file) {
    try {
      return of(file);
    } catch (IOException e) {
      return null;
    }
  }

  public boolean isFile() {
    return (mode & KIND) == FILE;
  }

  public boolean isFolder() {
    return (mode & KIND) == FOLDER;
  }

  /**
   * The JDK's own fields, which the agent may read: the change time is to be had in no other way
   * but through a map of boxed values, which costs three times as much as asking the system.
   */
  private static final class Fields {
    private static final long NANOS = 1_000_000_000L;
    private static final @Nullable Lookup LOOKUP = lookup();
    private static final MethodHandle SIZE = field("st_size", long.class);
    private static final MethodHandle MODIFIED = field("st_mtime_sec", long.class);
    private static final MethodHandle MODIFIED_NANOS = field("st_mtime_nsec", long.class);
    private static final MethodHandle CHANGED = field("st_ctime_sec", long.class);
    private static final MethodHandle CHANGED_NANOS = field("st_ctime_nsec", long.class);
    private static final MethodHandle INODE = field("st_ino", long.class);
    private static final MethodHandle MODE = field("st_mode", int.class);
    static final boolean CAN_BE_READ = LOOKUP != null;

    private static @Nullable Lookup lookup() {
      Instrumentation instrumentation = Agent.instrumentation();
      if (instrumentation == null) {
        return null;
      }
      try {
        Class<?> attributes = Class.forName("sun.nio.fs.UnixFileAttributes");
        Lookup found = FileHooks.lookupIn(attributes, instrumentation);
        found.findGetter(attributes, "st_ctime_nsec", long.class);
        return found;
      } catch (ReflectiveOperationException e) {
        return null; // another JDK has them under other names
      }
    }

    private static MethodHandle field(String name, Class<?> type) {
      MethodType asked = MethodType.methodType(type, Object.class);
      try {
        return LOOKUP == null
            ? java.lang.invoke.MethodHandles.empty(asked)
            : LOOKUP.findGetter(LOOKUP.lookupClass(), name, type).asType(asked);
      } catch (ReflectiveOperationException e) {
        throw new LinkageError(name, e);
      }
    }

    static FileState of(Object from) {
      try {
        return new FileState(
            (long) SIZE.invokeExact(from),
            (long) MODIFIED.invokeExact(from) * NANOS + (long) MODIFIED_NANOS.invokeExact(from),
            (long) CHANGED.invokeExact(from) * NANOS + (long) CHANGED_NANOS.invokeExact(from),
            (long) INODE.invokeExact(from),
            (int) MODE.invokeExact(from));
      } catch (Throwable e) {
        throw new AssertionError(e);
      }
    }
  }
}
