package reprise.extension.djl;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Lets a few classes of DJL tell us what passes through them, as a notebook's class loader defines
 * them. Calls are put at the beginning or the end of whole methods, and nothing is taken away.
 */
public final class DjlWeave extends ClassVisitor {
  private static final String TRAINING = "ai.djl.training.";
  private static final Map<String, Map<String, Hook>> HOOKS =
      Map.of(
          "ai.djl.engine.Engine",
          Map.of(
              "getEngine(Ljava/lang/String;)Lai/djl/engine/Engine;", Hook.GOT,
              "setRandomSeed(I)V", Hook.SEEDED),
          TRAINING + "Trainer",
          Map.of("<init>(Lai/djl/Model;Lai/djl/training/TrainingConfig;)V", Hook.CONFIGURED),
          TRAINING + "EasyTrain",
          Map.of(
              "fit(Lai/djl/training/Trainer;ILai/djl/training/dataset/Dataset;"
                  + "Lai/djl/training/dataset/Dataset;)V",
              Hook.FITS),
          TRAINING + "listener.EvaluatorTrainingListener",
          Map.of(
              "onTrainingBatch(Lai/djl/training/Trainer;"
                  + "Lai/djl/training/listener/TrainingListener$BatchData;)V",
              Hook.BATCHED,
              "onEpoch(Lai/djl/training/Trainer;)V",
              Hook.ENDED));

  private final Map<String, Hook> hooks;

  private DjlWeave(ClassVisitor out, Map<String, Hook> hooks) {
    super(Opcodes.ASM9, out);
    this.hooks = hooks;
  }

  /** What is put into a method. */
  private enum Hook {
    GOT {
      @Override
      void atEnd(MethodVisitor code) {
        code.visitInsn(Opcodes.DUP);
        call(code, "Engines", "got", "(Ljava/lang/Object;)V");
      }
    },
    SEEDED {
      @Override
      void atBeginning(MethodVisitor code) {
        code.visitVarInsn(Opcodes.ALOAD, 0);
        call(code, "Engines", "seeded", "(Ljava/lang/Object;)V");
      }
    },
    CONFIGURED {
      @Override
      void atEnd(MethodVisitor code) {
        code.visitVarInsn(Opcodes.ALOAD, 2);
        call(code, "Training", "configured", "(Ljava/lang/Object;)V");
      }
    },
    FITS {
      @Override
      void atBeginning(MethodVisitor code) {
        code.visitVarInsn(Opcodes.ILOAD, 1);
        call(code, "Training", "fits", "(I)V");
      }
    },
    BATCHED {
      @Override
      void atEnd(MethodVisitor code) {
        code.visitVarInsn(Opcodes.ALOAD, 0);
        code.visitVarInsn(Opcodes.ALOAD, 1);
        call(code, "Training", "batched", "(Ljava/lang/Object;Ljava/lang/Object;)V");
      }
    },
    ENDED {
      @Override
      void atEnd(MethodVisitor code) {
        code.visitVarInsn(Opcodes.ALOAD, 0);
        call(code, "Training", "ended", "(Ljava/lang/Object;)V");
      }
    };

    void atBeginning(MethodVisitor code) {}

    void atEnd(MethodVisitor code) {}

    static void call(MethodVisitor code, String owner, String method, String descriptor) {
      code.visitMethodInsn(
          Opcodes.INVOKESTATIC, "reprise/extension/djl/" + owner, method, descriptor, false);
    }
  }

  /** Whether anything is to be put into the class of this name. */
  public static boolean concerns(String className) {
    return HOOKS.containsKey(className);
  }

  /** The class with our calls in it. */
  public static byte[] woven(String className, byte[] bytecode) {
    ClassReader reader = new ClassReader(bytecode);
    ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
    reader.accept(new DjlWeave(writer, HOOKS.getOrDefault(className, Map.of())), 0);
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
    Hook hook = hooks.get(name + descriptor);
    return hook == null ? next : new Hooked(next, hook);
  }

  private static final class Hooked extends MethodVisitor {
    private final Hook hook;

    Hooked(MethodVisitor out, Hook hook) {
      super(Opcodes.ASM9, out);
      this.hook = hook;
    }

    @Override
    public void visitCode() {
      super.visitCode();
      hook.atBeginning(mv);
    }

    @Override
    public void visitInsn(int opcode) {
      if (opcode >= Opcodes.IRETURN && opcode <= Opcodes.RETURN) {
        hook.atEnd(mv);
      }
      super.visitInsn(opcode);
    }
  }
}
