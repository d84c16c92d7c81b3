package reprise.extension.agent;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import reprise.extension.agent.HookCall.Local;

/**
 * Puts calls to the hook at the beginning of those methods of {@code java.base} through which every
 * file passes on its way to the operating system. They are the same on JDK 17 and 25; one that a
 * JDK does not have is passed over.
 */
final class FileWeaver implements Rewriting.Description {
  private static final String STRING = "Ljava/lang/String;";
  private static final String FILE = "Ljava/io/File;";
  private static final String OBJECT = "Ljava/lang/Object;";
  private static final String UNIX_PATH = "Lsun/nio/fs/UnixPath;";
  private static final String FILE_CLASS = "java/io/File";
  private static final String DISPATCHER = "sun/nio/fs/UnixNativeDispatcher";
  private static final String DIRECTORY_STREAM = "sun/nio/fs/UnixDirectoryStream";
  private static final String DIRECTORY_ITERATOR = DIRECTORY_STREAM + "$UnixDirectoryIterator";
  private static final String PROCESS = "java/lang/ProcessImpl";
  private static final String DRIVERS = "java/sql/DriverManager";

  /** Methods of {@code java.io.File} that go to the operating system with {@code this}. */
  private static final Set<String> FILE_METHODS =
      Set.of(
          "canRead",
          "canWrite",
          "canExecute",
          "exists",
          "isDirectory",
          "isFile",
          "isHidden",
          "lastModified",
          "length",
          "createNewFile",
          "delete",
          "normalizedList",
          "mkdir",
          "renameTo",
          "setLastModified",
          "setReadOnly",
          "setWritable",
          "setReadable",
          "setExecutable",
          "getTotalSpace",
          "getFreeSpace",
          "getUsableSpace");

  /**
   * Of {@link #DISPATCHER}: those that tell whether a file is there, or make and remove folders.
   */
  private static final List<String> LOOKS =
      List.of(
          "stat(" + UNIX_PATH + "Lsun/nio/fs/UnixFileAttributes;)V",
          "stat2(" + UNIX_PATH + "Lsun/nio/fs/UnixFileAttributes;)I",
          "stat(" + UNIX_PATH + ")I",
          "lstat(" + UNIX_PATH + "Lsun/nio/fs/UnixFileAttributes;)V",
          "access(" + UNIX_PATH + "I)V",
          "access(" + UNIX_PATH + "I)I",
          "exists(" + UNIX_PATH + ")Z",
          "mkdir(" + UNIX_PATH + "I)V",
          "rmdir(" + UNIX_PATH + ")V");

  /** Methods of all woven classes that change, make or remove what lies there. */
  private static final Set<String> CHANGES =
      Set.of(
          "createNewFile",
          "delete",
          "mkdir",
          "renameTo",
          "setLastModified",
          "setReadOnly",
          "setWritable",
          "setReadable",
          "setExecutable",
          "unlink",
          "rename",
          "link",
          "rmdir",
          "symlink",
          "mknod",
          "chmod",
          "chown",
          "lchown",
          "utimes",
          "lutimes",
          "getConnection");

  /** Of {@link #DISPATCHER}: those that answer with a path. */
  private static final Set<String> ANSWERS = Set.of("realpath", "readlink");

  private static final List<String> FILE_LOOKS =
      List.of("exists()Z", "isDirectory()Z", "isFile()Z", "canRead()Z", "length()J", "mkdir()Z");

  private static final String START =
      "start([Ljava/lang/String;Ljava/util/Map;Ljava/lang/String;"
          + "[Ljava/lang/ProcessBuilder$Redirect;Z)Ljava/lang/Process;";
  private static final String CONNECT =
      "getConnection(Ljava/lang/String;Ljava/util/Properties;Ljava/lang/Class;)"
          + "Ljava/sql/Connection;";

  /** What is led elsewhere where an argument is of this type. */
  private static final Set<String> PATHS = Set.of(STRING, FILE, UNIX_PATH);

  private static final HookCall ORIGINAL = HookCall.of("original([B)[B");
  private static final HookCall ORDERED =
      HookCall.of("ordered([" + STRING + OBJECT + ")[" + STRING, Local.THIS);
  private static final HookCall STARTED =
      HookCall.of("started(" + OBJECT + ")" + OBJECT).as("java/lang/Process");
  private static final HookCall NEXT =
      HookCall.of("next([B" + OBJECT + OBJECT + ")[B", Local.THIS, new IteratedFolder());

  /** By class, then by method with descriptor: the hook's method, with descriptor, to be told. */
  private final Map<String, Map<String, String>> told = new LinkedHashMap<>();

  FileWeaver() {
    tell("java/io/FileInputStream", "open(" + STRING + ")V", "read(" + STRING + ")V");
    tell("java/io/FileOutputStream", "open(" + STRING + "Z)V", "write(" + STRING + "Z)V");
    tell("java/io/RandomAccessFile", "open(" + STRING + "I)V", "randomAccess(" + STRING + "I)V");
    tell(FILE_CLASS, "createNewFile()Z", "create(" + OBJECT + ")V");
    tell(FILE_CLASS, "delete()Z", "delete(" + OBJECT + ")V");
    tell(FILE_CLASS, "renameTo(" + FILE + ")Z", "move(" + OBJECT + OBJECT + ")V");
    tell(DISPATCHER, "open(" + UNIX_PATH + "II)I", "open(" + OBJECT + "I)V");
    tell(DISPATCHER, "unlink(" + UNIX_PATH + ")V", "delete(" + OBJECT + ")V");
    tell(DISPATCHER, "rename(" + UNIX_PATH + UNIX_PATH + ")V", "move(" + OBJECT + OBJECT + ")V");
    tell(DISPATCHER, "link(" + UNIX_PATH + UNIX_PATH + ")V", "link(" + OBJECT + OBJECT + ")V");
    tell(DISPATCHER, "openat(I[BII)I", "openAt(I[BI)V");
    tell(DISPATCHER, "unlinkat(I[BI)V", "deleteAt(I[B)V");
    tell(DISPATCHER, "renameat(I[BI[B)V", "moveAt(I[BI[B)V");
    tell(DISPATCHER, "opendir(" + UNIX_PATH + ")J", "list(" + OBJECT + ")V");
    tell(DISPATCHER, "symlink([B" + UNIX_PATH + ")V", "symlink([B" + OBJECT + ")V");
    LOOKS.forEach(method -> tell(DISPATCHER, method, "look(" + OBJECT + ")V"));
    tell(FILE_CLASS, "normalizedList()[" + STRING, "list(" + OBJECT + ")V");
    FILE_LOOKS.forEach(method -> tell(FILE_CLASS, method, "look(" + OBJECT + ")V"));
    tell(PROCESS, START, "start([" + STRING + "Ljava/util/Map;" + STRING + ")V");
    tell(DRIVERS, CONNECT, "connect(" + STRING + ")V");
    told.put(DIRECTORY_ITERATOR, Map.of());
  }

  private void tell(String owner, String method, String hookMethod) {
    told.computeIfAbsent(owner, o -> new HashMap<>()).put(method, hookMethod);
  }

  /** Of {@link #DIRECTORY_ITERATOR}: the folder whose names it gives. */
  private static final class IteratedFolder implements HookCall.Operand {
    @Override
    public void load(MethodVisitor code, Type as) {
      code.visitVarInsn(Opcodes.ALOAD, 0);
      code.visitFieldInsn(
          Opcodes.GETFIELD, DIRECTORY_ITERATOR, "this$0", "L" + DIRECTORY_STREAM + ";");
      code.visitMethodInsn(
          Opcodes.INVOKEVIRTUAL, DIRECTORY_STREAM, "directory", "()" + UNIX_PATH, false);
    }
  }

  @Override
  public Set<String> classes() {
    return told.keySet();
  }

  @Override
  public String hook() {
    return FileHooks.COPY;
  }

  @Override
  public @Nullable Splices of(String owner, String name, String descriptor) {
    String toTell = told.getOrDefault(owner, Map.of()).get(name + descriptor);
    switch (owner) {
      case DISPATCHER -> {
        return ofDispatcher(name, descriptor, toTell);
      }
      case FILE_CLASS -> {
        return FILE_METHODS.contains(name) ? ofFile(name, descriptor, toTell) : null;
      }
      case DIRECTORY_ITERATOR -> {
        return new Splices().behind("readdir(J)[B", NEXT);
      }
      default -> {
        boolean isStatic = owner.equals(PROCESS) || owner.equals(DRIVERS);
        return toTell == null ? null : ofOther(name, isStatic ? 0 : 1, descriptor, toTell);
      }
    }
  }

  private static @Nullable Splices ofDispatcher(
      String name, String descriptor, @Nullable String toTell) {
    boolean goesDown = descriptor.contains(UNIX_PATH) && !name.equals("copyToNativeBuffer");
    if (!goesDown && toTell == null) {
      return null;
    }
    Splices splices = beginning(name, 0, descriptor, toTell);
    if (name.equals("symlink")) {
      splices.begin(HookCall.of("redirectedBytes([B)[B", new Local(0)).storedIn(0));
    }
    return ANSWERS.contains(name) && goesDown ? splices.end(ORIGINAL) : splices;
  }

  /** The file itself is what goes down. */
  private static Splices ofFile(String name, String descriptor, @Nullable String toTell) {
    Splices splices = beginning(name, 0, "(" + FILE + descriptor.substring(1), toTell);
    return name.equals("normalizedList") ? splices.end(ORDERED) : splices;
  }

  private static Splices ofOther(String name, int firstSlot, String descriptor, String toTell) {
    Splices splices = beginning(name, firstSlot, descriptor, toTell);
    return toTell.startsWith("start(") ? splices.end(STARTED) : splices;
  }

  /**
   * Tells the hook, and leads all paths among the arguments elsewhere.
   *
   * @param firstSlot of the first argument in {@code descriptor}: 1 where {@code this} is left out,
   *     0 for static methods and where the descriptor was given {@code this} in front
   */
  private static Splices beginning(
      String name, int firstSlot, String descriptor, @Nullable String toTell) {
    Splices splices = new Splices();
    Type[] arguments = Type.getArgumentTypes(descriptor);
    if (toTell != null) {
      splices.begin(telling(toTell, firstSlot, arguments));
    }
    int slot = firstSlot;
    for (Type argument : arguments) {
      if (PATHS.contains(argument.getDescriptor())) {
        splices.begin(
            redirecting(name, toTell, slot).as(argument.getInternalName()).storedIn(slot));
      }
      slot += argument.getSize();
    }
    return splices;
  }

  /** Leads the path in {@code slot} elsewhere; what opens files has its flags behind the path. */
  private static HookCall redirecting(String name, @Nullable String toTell, int slot) {
    if (toTell != null && toTell.startsWith("open(")) {
      return HookCall.of(
          "redirectedOpen(" + OBJECT + "I)" + OBJECT, new Local(slot), new Local(slot + 1));
    }
    if (toTell != null && toTell.startsWith("randomAccess(")) {
      return HookCall.of(
          "redirectedRandomAccess(" + OBJECT + "I)" + OBJECT, new Local(slot), new Local(slot + 1));
    }
    boolean changes = CHANGES.contains(name) || (toTell != null && toTell.startsWith("write("));
    String hookMethod = changes ? "redirectedChange(" : "redirected(";
    return HookCall.of(hookMethod + OBJECT + ")" + OBJECT, new Local(slot));
  }

  /** Passes on as many leading arguments as the hook's method takes. */
  private static HookCall telling(String hookMethod, int firstSlot, Type[] arguments) {
    String descriptor = hookMethod.substring(hookMethod.indexOf('('));
    Local[] passed = new Local[Type.getArgumentTypes(descriptor).length];
    int slot = firstSlot;
    for (int i = 0; i < passed.length; i++) {
      passed[i] = new Local(slot);
      slot += arguments[i].getSize();
    }
    return HookCall.of(hookMethod, passed);
  }
}
