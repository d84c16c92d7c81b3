package reprise.extension.agent;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

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
      return goesDown ? new Beginning(next, 0, descriptor, toTell) : next;
    }
    if (owner.equals(FILE_CLASS)) {
      return FILE_METHODS.contains(name)
          ? new Beginning(next, 0, "(" + FILE + descriptor.substring(1), toTell)
          : next;
    }
    return toTell == null ? next : new Beginning(next, 1, descriptor, toTell);
  }

  /** Writes what goes before a method's own first instruction. */
  private final class Beginning extends MethodVisitor {
    private final int firstSlot;
    private final Type[] arguments;
    private final @Nullable String toTell;

    /**
     * @param firstSlot of the first argument in {@code descriptor}: 1 where {@code this} is left
     *     out, 0 for static methods and where the descriptor was given {@code this} in front
     */
    Beginning(MethodVisitor next, int firstSlot, String descriptor, @Nullable String toTell) {
      super(Opcodes.ASM9, next);
      this.firstSlot = firstSlot;
      this.arguments = Type.getArgumentTypes(descriptor);
      this.toTell = toTell;
    }

    @Override
    public void visitCode() {
      super.visitCode();
      if (toTell != null) {
        tellHook(toTell);
      }
      replacePaths();
    }

    /** Passes on as many leading arguments as the hook's method takes. */
    private void tellHook(String method) {
      int split = method.indexOf('(');
      int wanted = Type.getArgumentTypes(method.substring(split)).length;
      int slot = firstSlot;
      for (int i = 0; i < wanted; i++) {
        super.visitVarInsn(arguments[i].getOpcode(Opcodes.ILOAD), slot);
        slot += arguments[i].getSize();
      }
      callHook(method.substring(0, split), method.substring(split));
    }

    private void replacePaths() {
      int slot = firstSlot;
      for (Type argument : arguments) {
        String type = argument.getDescriptor();
        if (type.equals(UNIX_PATH) || type.equals(FILE) || type.equals(STRING)) {
          super.visitVarInsn(Opcodes.ALOAD, slot);
          callHook("redirected", "(" + OBJECT + ")" + OBJECT);
          super.visitTypeInsn(Opcodes.CHECKCAST, argument.getInternalName());
          super.visitVarInsn(Opcodes.ASTORE, slot);
        }
        slot += argument.getSize();
      }
    }

    private void callHook(String method, String descriptor) {
      super.visitMethodInsn(Opcodes.INVOKESTATIC, hook, method, descriptor, false);
    }
  }
}
