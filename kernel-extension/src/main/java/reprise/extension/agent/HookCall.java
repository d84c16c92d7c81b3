package reprise.extension.agent;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * A call of a hook, as it is put into the JDK's code.
 *
 * @param method of the hook, with its descriptor; it takes what lies on the stack, then the
 *     operands
 * @param cast what the result is to the code that goes on with it, by internal name; null if the
 *     descriptor says so already
 * @param slot of {@link Use#STORED}, else 0
 */
record HookCall(String method, List<Operand> operands, @Nullable String cast, Use use, int slot) {

  /** What becomes of the result. */
  enum Use {
    /** It lies on the stack, if there is one. */
    LEFT,
    /** It takes the place of a variable. */
    STORED,
    /** The method returns it, unless it is null. */
    RETURNED
  }

  /** Something that a hook is given. */
  interface Operand {
    void load(MethodVisitor code, Type as);
  }

  /** A variable of the method: {@code this}, an argument. */
  record Local(int slot) implements Operand {
    static final Local THIS = new Local(0);

    @Override
    public void load(MethodVisitor code, Type as) {
      code.visitVarInsn(as.getOpcode(Opcodes.ILOAD), slot);
    }
  }

  /** A call whose result, if it has one, stays on the stack. */
  static HookCall of(String method, Operand... operands) {
    return new HookCall(method, List.of(operands), null, Use.LEFT, 0);
  }

  HookCall as(String type) {
    return new HookCall(method, operands, type, use, slot);
  }

  HookCall storedIn(int variable) {
    return new HookCall(method, operands, cast, Use.STORED, variable);
  }

  HookCall returned() {
    return new HookCall(method, operands, cast, Use.RETURNED, slot);
  }

  /** Writes the call into {@code code}. */
  void write(MethodVisitor code, String hook) {
    String descriptor = method.substring(method.indexOf('('));
    Type[] types = Type.getArgumentTypes(descriptor);
    int onTheStack = types.length - operands.size();
    for (int i = 0; i < operands.size(); i++) {
      operands.get(i).load(code, types[onTheStack + i]);
    }
    String name = method.substring(0, method.indexOf('('));
    code.visitMethodInsn(Opcodes.INVOKESTATIC, hook, name, descriptor, false);
    if (use == Use.RETURNED) {
      writeReturn(code, Type.getReturnType(descriptor).getInternalName());
    } else if (cast != null) {
      code.visitTypeInsn(Opcodes.CHECKCAST, cast);
    }
    if (use == Use.STORED) {
      code.visitVarInsn(Opcodes.ASTORE, slot);
    }
  }

  private void writeReturn(MethodVisitor code, String type) {
    Label goOn = new Label();
    code.visitInsn(Opcodes.DUP);
    code.visitJumpInsn(Opcodes.IFNULL, goOn);
    if (cast != null) {
      code.visitTypeInsn(Opcodes.CHECKCAST, cast);
    }
    code.visitInsn(Opcodes.ARETURN);
    code.visitLabel(goOn);
    code.visitFrame(Opcodes.F_SAME1, 0, null, 1, new Object[] {type});
    code.visitInsn(Opcodes.POP);
  }
}
