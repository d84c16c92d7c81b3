package reprise.extension.cell;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import reprise.extension.chance.ChanceWeave;

/**
 * Puts a call of {@link Cancel#check} into every method and loop of a snippet's class, and lets its
 * calls for the time and the like be heard.
 */
final class Weave extends ClassVisitor {
  private static final String CANCEL = "reprise/extension/cell/Cancel";

  private Weave(ClassVisitor out) {
    super(Opcodes.ASM9, out);
  }

  /**
   * Weaves what comes before it goes into {@code out}. The calls take and leave nothing on the
   * stack, so frames and sizes stay as they were.
   */
  static ClassVisitor before(ClassVisitor out) {
    return new Weave(new ChanceWeave(out));
  }

  @Override
  public MethodVisitor visitMethod(
      int access,
      String name,
      String descriptor,
      @Nullable String signature,
      String @Nullable [] exceptions) {
    return new Loops(super.visitMethod(access, name, descriptor, signature, exceptions));
  }

  private static final class Loops extends MethodVisitor {
    private final Set<Label> passed = new HashSet<>();

    Loops(MethodVisitor out) {
      super(Opcodes.ASM9, out);
    }

    @Override
    public void visitCode() {
      super.visitCode();
      check();
    }

    @Override
    public void visitLabel(Label label) {
      passed.add(label);
      super.visitLabel(label);
    }

    @Override
    public void visitJumpInsn(int opcode, Label target) {
      if (passed.contains(target)) {
        check();
      }
      super.visitJumpInsn(opcode, target);
    }

    private void check() {
      super.visitMethodInsn(Opcodes.INVOKESTATIC, CANCEL, "check", "()V", false);
    }
  }
}
