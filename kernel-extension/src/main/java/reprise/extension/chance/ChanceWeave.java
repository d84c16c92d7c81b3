package reprise.extension.chance;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * Turns a snippet's calls for the time and the like into those of {@link NotebookChance}. A method
 * reference to one of them becomes one to a small method of the snippet's own that makes the call.
 */
public final class ChanceWeave extends ClassVisitor {
  /** No call needs more room on the stack than this beyond its own. */
  private static final int MORE_STACK = 2;

  private static final String GREGORIAN = "java/util/GregorianCalendar";
  private static final String TIMED_CALENDAR = "(L" + GREGORIAN + ";)L" + GREGORIAN + ";";

  private final List<Handle> referred = new ArrayList<>();
  private String name = "";
  private boolean isInterface;

  public ChanceWeave(ClassVisitor out) {
    super(Opcodes.ASM9, out);
  }

  @Override
  public void visit(
      int version,
      int access,
      String name,
      @Nullable String signature,
      @Nullable String superName,
      String @Nullable [] interfaces) {
    this.name = name;
    isInterface = (access & Opcodes.ACC_INTERFACE) != 0;
    super.visit(version, access, name, signature, superName, interfaces);
  }

  @Override
  public MethodVisitor visitMethod(
      int access,
      String method,
      String descriptor,
      @Nullable String signature,
      String @Nullable [] exceptions) {
    return new Calls(super.visitMethod(access, method, descriptor, signature, exceptions));
  }

  @Override
  public void visitEnd() {
    for (int i = 0; i < referred.size(); i++) {
      writeReferred(referred.get(i), bridge(referred.get(i), i));
    }
    super.visitEnd();
  }

  /** The method that a reference leads to instead, with the shape that the reference has. */
  private Handle bridge(Handle to, int number) {
    boolean constructor = to.getTag() == Opcodes.H_NEWINVOKESPECIAL;
    String descriptor =
        constructor ? to.getDesc().replace(")V", ")L" + to.getOwner() + ";") : to.getDesc();
    return new Handle(
        Opcodes.H_INVOKESTATIC, name, "reprise$chance$" + number, descriptor, isInterface);
  }

  private void writeReferred(Handle to, Handle bridge) {
    boolean constructor = to.getTag() == Opcodes.H_NEWINVOKESPECIAL;
    MethodVisitor code =
        new Calls(
            super.visitMethod(
                Opcodes.ACC_PRIVATE | Opcodes.ACC_STATIC | Opcodes.ACC_SYNTHETIC,
                bridge.getName(),
                bridge.getDesc(),
                null,
                null));
    code.visitCode();
    if (constructor) {
      code.visitTypeInsn(Opcodes.NEW, to.getOwner());
      code.visitInsn(Opcodes.DUP);
    }
    int slot = 0;
    for (Type argument : Type.getArgumentTypes(to.getDesc())) {
      code.visitVarInsn(argument.getOpcode(Opcodes.ILOAD), slot);
      slot += argument.getSize();
    }
    code.visitMethodInsn(
        constructor ? Opcodes.INVOKESPECIAL : Opcodes.INVOKESTATIC,
        to.getOwner(),
        to.getName(),
        to.getDesc(),
        to.isInterface());
    code.visitInsn(Type.getReturnType(bridge.getDesc()).getOpcode(Opcodes.IRETURN));
    code.visitMaxs(slot + 2 + MORE_STACK, slot);
    code.visitEnd();
  }

  /** Writes calls in the place of others. */
  private final class Calls extends MethodVisitor {
    private int calendarsBegun;

    Calls(MethodVisitor out) {
      super(Opcodes.ASM9, out);
    }

    @Override
    public void visitMaxs(int stack, int locals) {
      super.visitMaxs(stack + MORE_STACK, locals);
    }

    @Override
    public void visitTypeInsn(int opcode, String type) {
      if (opcode == Opcodes.NEW && type.equals(GREGORIAN)) {
        calendarsBegun++;
      }
      super.visitTypeInsn(opcode, type);
    }

    /** Whether it is the constructor of one that was begun here; else a subclass calls its own. */
    private boolean endsOneBegun(String owner, String method) {
      boolean ends = calendarsBegun > 0 && owner.equals(GREGORIAN) && method.equals("<init>");
      calendarsBegun -= ends ? 1 : 0;
      return ends;
    }

    @Override
    public void visitMethodInsn(
        int opcode, String owner, String method, String descriptor, boolean ofInterface) {
      boolean endsOneBegun = endsOneBegun(owner, method);
      switch (ChanceCall.of(owner, method, descriptor)) {
        case REPLACED -> ask(method, descriptor);
        case TIMED -> {
          ask(
              descriptor.startsWith("()") ? "systemDefaultZone" : "system",
              descriptor.substring(0, descriptor.indexOf(')') + 1) + "Ljava/time/Clock;");
          String timed = "(Ljava/time/Clock;)" + descriptor.substring(descriptor.indexOf(')') + 1);
          super.visitMethodInsn(opcode, owner, method, timed, ofInterface);
        }
        case DATED -> {
          ask("currentTimeMillis", "()J");
          super.visitMethodInsn(opcode, owner, method, "(J)V", ofInterface);
        }
        case CALENDAR -> {
          super.visitMethodInsn(opcode, owner, method, descriptor, ofInterface);
          if (!method.equals("<init>")) {
            ask("timed", "(Ljava/util/Calendar;)Ljava/util/Calendar;");
          } else if (endsOneBegun) {
            ask("timed", TIMED_CALENDAR);
          } else {
            super.visitVarInsn(Opcodes.ALOAD, 0);
            ask("timed", TIMED_CALENDAR);
            super.visitInsn(Opcodes.POP);
          }
        }
        case SECURE -> {
          ask("secureRandom", "()V");
          super.visitMethodInsn(opcode, owner, method, descriptor, ofInterface);
        }
        case GENERATORS -> {
          ask("generators", "()V");
          super.visitMethodInsn(opcode, owner, method, descriptor, ofInterface);
        }
        case SHARED -> {
          ask("sharedRandom", "()V");
          super.visitMethodInsn(opcode, owner, method, descriptor, ofInterface);
        }
        case NONE -> super.visitMethodInsn(opcode, owner, method, descriptor, ofInterface);
      }
    }

    private void ask(String method, String descriptor) {
      super.visitMethodInsn(
          Opcodes.INVOKESTATIC,
          "reprise/extension/chance/NotebookChance",
          method,
          descriptor,
          false);
    }

    @Override
    public void visitInvokeDynamicInsn(
        String method, String descriptor, Handle bootstrap, Object... arguments) {
      Object[] replaced = arguments.clone();
      for (int i = 0; i < replaced.length; i++) {
        if (replaced[i] instanceof Handle handle && isChance(handle)) {
          replaced[i] = bridge(handle, referred.size());
          referred.add(handle);
        }
      }
      super.visitInvokeDynamicInsn(method, descriptor, bootstrap, replaced);
    }

    private boolean isChance(Handle handle) {
      boolean called =
          handle.getTag() == Opcodes.H_INVOKESTATIC
              || handle.getTag() == Opcodes.H_NEWINVOKESPECIAL;
      return called
          && ChanceCall.of(handle.getOwner(), handle.getName(), handle.getDesc())
              != ChanceCall.NONE;
    }
  }
}
