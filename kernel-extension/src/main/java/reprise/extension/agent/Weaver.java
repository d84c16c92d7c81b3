package reprise.extension.agent;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Puts calls to the hook at the beginning of those methods of {@code java.base} through which every
 * file passes on its way to the operating system. They are the same on JDK 17 and 25; one that a
 * JDK does not have is passed over.
 */
final class Weaver {
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

  private final String hook;

  /** By class, then by method with descriptor: the hook's method, with descriptor, to be told. */
  private final Map<String, Map<String, String>> told = new LinkedHashMap<>();

  Weaver(String hook) {
    this.hook = hook;
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

  /** The classes to be woven, by internal name. */
  Set<String> classes() {
    return told.keySet();
  }

  /** The class with the hook's calls in it. */
  byte[] woven(String owner, byte[] bytes) {
    ClassReader reader = new ClassReader(bytes);
    ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
    reader.accept(
        new ClassVisitor(Opcodes.ASM9, writer) {
          @Override
          public MethodVisitor visitMethod(
              int access,
              String name,
              String descriptor,
              @Nullable String signature,
              String @Nullable [] exceptions) {
            MethodVisitor next = super.visitMethod(access, name, descriptor, signature, exceptions);
            boolean hasCode = (access & (Opcodes.ACC_NATIVE | Opcodes.ACC_ABSTRACT)) == 0;
            return hasCode ? beginning(next, owner, name, descriptor) : next;
          }
        },
        0);
    return writer.toByteArray();
  }

  private MethodVisitor beginning(
      MethodVisitor next, String owner, String name, String descriptor) {
    String toTell = told.getOrDefault(owner, Map.of()).get(name + descriptor);
    if (owner.equals(DISPATCHER)) {
      boolean goesDown = descriptor.contains(UNIX_PATH) && !name.equals("copyToNativeBuffer");
      MethodVisitor before =
          goesDown || toTell != null ? new Beginning(next, hook, 0, descriptor, toTell) : next;
      return ANSWERS.contains(name) && goesDown ? Ending.original(before, hook) : before;
    }
    if (owner.equals(FILE_CLASS)) {
      MethodVisitor before =
          FILE_METHODS.contains(name)
              ? new Beginning(next, hook, 0, "(" + FILE + descriptor.substring(1), toTell)
              : next;
      return name.equals("normalizedList") ? Ending.ordered(before, hook) : before;
    }
    if (owner.equals(DIRECTORY_ITERATOR)) {
      return Ending.next(next, hook);
    }
    if (owner.equals(PROCESS) && toTell != null) {
      return Ending.started(new Beginning(next, hook, 0, descriptor, toTell), hook);
    }
    int first = owner.equals(DRIVERS) ? 0 : 1;
    return toTell == null ? next : new Beginning(next, hook, first, descriptor, toTell);
  }
}
