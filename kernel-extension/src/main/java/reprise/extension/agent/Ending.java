package reprise.extension.agent;

import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Lets the hook have what a method is about to return, and returns what the hook gives. */
final class Ending extends MethodVisitor {
  private static final String OBJECT = "Ljava/lang/Object;";
  private static final String NAMES = "[Ljava/lang/String;";
  private static final String STREAM = "sun/nio/fs/UnixDirectoryStream";

  private final String hook;
  private final String method;

  private Ending(MethodVisitor next, String hook, String method) {
    super(Opcodes.ASM9, next);
    this.hook = hook;
    this.method = method;
  }

  /** For a method that returns a path as the operating system's bytes. */
  static MethodVisitor original(MethodVisitor next, String hook) {
    return new Ending(next, hook, "original");
  }

  /** For a method of a File that returns names. */
  static MethodVisitor ordered(MethodVisitor next, String hook) {
    return new Ending(next, hook, "ordered");
  }

  /** For a method that returns the child process that it has started. */
  static MethodVisitor started(MethodVisitor next, String hook) {
    return new Ending(next, hook, "started");
  }

  /** For the method that asks the operating system for a directory stream's next name. */
  static MethodVisitor next(MethodVisitor next, String hook) {
    return new Ending(next, hook, "next");
  }

  @Override
  public void visitInsn(int opcode) {
    if (opcode == Opcodes.ARETURN) {
      switch (method) {
        case "original" -> call("([B)[B");
        case "ordered" -> {
          super.visitVarInsn(Opcodes.ALOAD, 0);
          call("(" + NAMES + OBJECT + ")" + NAMES);
        }
        case "started" -> {
          call("(" + OBJECT + ")" + OBJECT);
          super.visitTypeInsn(Opcodes.CHECKCAST, "java/lang/Process");
        }
        default -> {}
      }
    }
    super.visitInsn(opcode);
  }

  @Override
  public void visitMethodInsn(
      int opcode, String owner, String name, String descriptor, boolean isInterface) {
    super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
    if (method.equals("next") && name.equals("readdir")) {
      super.visitVarInsn(Opcodes.ALOAD, 0);
      super.visitVarInsn(Opcodes.ALOAD, 0);
      super.visitFieldInsn(
          Opcodes.GETFIELD, STREAM + "$UnixDirectoryIterator", "this$0", "L" + STREAM + ";");
      super.visitMethodInsn(
          Opcodes.INVOKEVIRTUAL, STREAM, "directory", "()Lsun/nio/fs/UnixPath;", false);
      call("([B" + OBJECT + OBJECT + ")[B");
    }
  }

  private void call(String descriptor) {
    super.visitMethodInsn(Opcodes.INVOKESTATIC, hook, method, descriptor, false);
  }
}
