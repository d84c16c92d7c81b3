package reprise.extension.agent;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** Writes what goes before a method's own first instruction. */
final class Beginning extends MethodVisitor {
  private static final String OBJECT = "Ljava/lang/Object;";

  /** What is led elsewhere where an argument is of this type. */
  private static final Set<String> PATHS =
      Set.of("Ljava/lang/String;", "Ljava/io/File;", "Lsun/nio/fs/UnixPath;");

  private final String hook;
  private final int firstSlot;
  private final Type[] arguments;
  private final @Nullable String toTell;

  /**
   * @param hook the class that is called
   * @param firstSlot of the first argument in {@code descriptor}: 1 where {@code this} is left out,
   *     0 for static methods and where the descriptor was given {@code this} in front
   */
  Beginning(
      MethodVisitor next, String hook, int firstSlot, String descriptor, @Nullable String toTell) {
    super(Opcodes.ASM9, next);
    this.hook = hook;
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
      if (PATHS.contains(type)) {
        super.visitVarInsn(Opcodes.ALOAD, slot);
        callHook("redirected", "(" + OBJECT + ")" + OBJECT);
        super.visitTypeInsn(Opcodes.CHECKCAST, argument.getInternalName());
        super.visitVarInsn(Opcodes.ASTORE, slot);
      } else if (toTell != null && toTell.startsWith("symlink") && type.equals("[B")) {
        super.visitVarInsn(Opcodes.ALOAD, slot);
        callHook("redirectedBytes", "([B)[B");
        super.visitVarInsn(Opcodes.ASTORE, slot);
      }
      slot += argument.getSize();
    }
  }

  private void callHook(String method, String descriptor) {
    super.visitMethodInsn(Opcodes.INVOKESTATIC, hook, method, descriptor, false);
  }
}
