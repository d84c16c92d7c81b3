package reprise.extension.cell;

import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * Lets a snippet tell when its own code begins, and how it ends. In a kernel that is not ours that
 * is the only place where its value and its exceptions are still the objects themselves.
 */
final class SnippetEntry extends ClassVisitor {
  private static final String EXECUTION = "do_it$";
  private static final int MORE_STACK = 2;

  private final String hook;
  private Type type = Type.VOID_TYPE;

  /**
   * @param hook the class with the methods {@code begins}, {@code returns} and {@code fails}
   */
  SnippetEntry(ClassVisitor out, String hook) {
    super(Opcodes.ASM9, out);
    this.hook = hook;
  }

  @Override
  public void visit(
      int version,
      int access,
      String name,
      @Nullable String signature,
      String superName,
      String @Nullable [] interfaces) {
    type = Type.getObjectType(name);
    super.visit(version, access, name, signature, superName, interfaces);
  }

  @Override
  public MethodVisitor visitMethod(
      int access,
      String name,
      String descriptor,
      @Nullable String signature,
      String @Nullable [] exceptions) {
    MethodVisitor out = super.visitMethod(access, name, descriptor, signature, exceptions);
    boolean isEntry = name.equals(EXECUTION) && descriptor.startsWith("()");
    return isEntry && (access & Opcodes.ACC_STATIC) != 0 ? new Told(out) : out;
  }

  private final class Told extends MethodVisitor {
    private final Label start = new Label();

    Told(MethodVisitor out) {
      super(Opcodes.ASM9, out);
    }

    @Override
    public void visitCode() {
      super.visitCode();
      super.visitLdcInsn(type);
      tell("begins", "(Ljava/lang/Class;)V");
      super.visitLabel(start);
    }

    @Override
    public void visitInsn(int opcode) {
      if (opcode == Opcodes.ARETURN || opcode == Opcodes.RETURN) {
        super.visitInsn(opcode == Opcodes.ARETURN ? Opcodes.DUP : Opcodes.ACONST_NULL);
        tell("returns", "(Ljava/lang/Object;)V");
      }
      super.visitInsn(opcode);
    }

    @Override
    public void visitMaxs(int stack, int locals) {
      Label end = new Label();
      super.visitLabel(end);
      super.visitTryCatchBlock(start, end, end, null);
      super.visitFrame(Opcodes.F_FULL, 0, new Object[0], 1, new Object[] {"java/lang/Throwable"});
      super.visitInsn(Opcodes.DUP);
      tell("fails", "(Ljava/lang/Throwable;)V");
      super.visitInsn(Opcodes.ATHROW);
      super.visitMaxs(stack + MORE_STACK, locals);
    }

    private void tell(String method, String descriptor) {
      super.visitMethodInsn(Opcodes.INVOKESTATIC, hook, method, descriptor, false);
    }
  }
}
