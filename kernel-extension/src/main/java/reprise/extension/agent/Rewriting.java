package reprise.extension.agent;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Puts a hook's calls into a class of the JDK, as a description says. */
final class Rewriting extends ClassVisitor {
  private final String owner;
  private final Description description;
  private boolean found;

  private Rewriting(ClassWriter out, String owner, Description description) {
    super(Opcodes.ASM9, out);
    this.owner = owner;
    this.description = description;
  }

  /** Says what is put into which methods of which classes, all by their internal names. */
  interface Description {
    Set<String> classes();

    /** The class whose calls are put in. */
    String hook();

    /** Null for a method that stays as it is. */
    @Nullable Splices of(String owner, String name, String descriptor);

    /** Told that something was put into this class. */
    default void found(String owner) {}
  }

  /** The class with the hook's calls in it; null if there is no place for any. */
  static byte @Nullable [] of(String owner, byte[] bytes, Description description) {
    ClassReader reader = new ClassReader(bytes);
    ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
    Rewriting rewriting = new Rewriting(writer, owner, description);
    reader.accept(rewriting, 0);
    if (!rewriting.found) {
      return null;
    }
    description.found(owner);
    return writer.toByteArray();
  }

  @Override
  public MethodVisitor visitMethod(
      int access,
      String name,
      String descriptor,
      @Nullable String signature,
      String @Nullable [] exceptions) {
    MethodVisitor next = super.visitMethod(access, name, descriptor, signature, exceptions);
    if ((access & (Opcodes.ACC_NATIVE | Opcodes.ACC_ABSTRACT)) != 0) {
      return next;
    }
    Splices splices = description.of(owner, name, descriptor);
    return splices == null ? next : new Spliced(next, splices);
  }

  /** One method on its way. */
  private final class Spliced extends MethodVisitor {
    private final Splices splices;
    private final Label start = new Label();

    Spliced(MethodVisitor next, Splices splices) {
      super(Opcodes.ASM9, next);
      this.splices = splices;
    }

    @Override
    public void visitCode() {
      super.visitCode();
      splices.beginning().forEach(this::write);
      super.visitLabel(start);
    }

    @Override
    public void visitInsn(int opcode) {
      if (opcode >= Opcodes.IRETURN && opcode <= Opcodes.RETURN) {
        splices.ending().forEach(this::write);
      }
      super.visitInsn(opcode);
      write(splices.behind(opcode));
    }

    @Override
    public void visitFieldInsn(int opcode, String declaring, String name, String descriptor) {
      write(splices.before(name, descriptor));
      super.visitFieldInsn(opcode, declaring, name, descriptor);
      write(splices.behind(name, descriptor));
    }

    @Override
    public void visitMethodInsn(
        int opcode, String declaring, String name, String descriptor, boolean isInterface) {
      super.visitMethodInsn(opcode, declaring, name, descriptor, isInterface);
      write(splices.behind(name, descriptor));
    }

    @Override
    public void visitMaxs(int maxStack, int maxLocals) {
      HookCall failing = splices.failing();
      if (failing != null) {
        Label end = new Label();
        super.visitLabel(end);
        super.visitTryCatchBlock(start, end, end, null);
        super.visitFrame(
            Opcodes.F_FULL, 1, new Object[] {owner}, 1, new Object[] {"java/lang/Throwable"});
        super.visitInsn(Opcodes.DUP);
        write(failing);
        super.visitInsn(Opcodes.ATHROW);
      }
      super.visitMaxs(maxStack, maxLocals);
    }

    private void write(@Nullable HookCall call) {
      if (call != null) {
        found = true;
        call.write(mv, description.hook());
      }
    }
  }
}
