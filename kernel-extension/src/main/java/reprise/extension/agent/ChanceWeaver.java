package reprise.extension.agent;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Lets the JDK's own values of chance pass through {@link ChanceHook}'s copy. */
final class ChanceWeaver {
  private static final String RANDOM = "java/util/Random";
  private static final String GENERATORS = "jdk/internal/util/random/RandomSupport";
  private static final String THREAD_LOCAL = "java/util/concurrent/ThreadLocalRandom";
  private static final String ENUM = "java/lang/Enum";
  private static final String COLLECTIONS = "java/util/ImmutableCollections";
  private static final List<String> ITERATING =
      List.of("$Set12", "$Set12$1", "$SetN$SetNIterator", "$MapN$MapNIterator");

  private final String hook;

  /** By class, the method to be woven with its descriptor; null for all of them. */
  private final Map<String, @Nullable String> methods = new LinkedHashMap<>();

  private final Set<String> woven = new LinkedHashSet<>();

  ChanceWeaver(String hook) {
    this.hook = hook;
    methods.put(RANDOM, "<init>()V");
    methods.put(GENERATORS, "initialSeed()J");
    methods.put(THREAD_LOCAL, "nextSeed()J");
    methods.put(ENUM, "hashCode()I");
    ITERATING.forEach(name -> methods.put(COLLECTIONS + name, null));
  }

  /** The classes to be woven, by internal name. */
  Set<String> classes() {
    return methods.keySet();
  }

  /** The classes in which nothing was as expected; they are as they were. */
  Set<String> strange() {
    Set<String> strange = new LinkedHashSet<>(classes());
    strange.removeAll(woven);
    return strange;
  }

  /** The class with the hook's calls in it; null if it is not as expected. */
  byte @Nullable [] woven(String owner, byte[] bytes) {
    String wanted = methods.get(owner);
    boolean[] found = new boolean[1];
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
            return wanted == null || wanted.equals(name + descriptor)
                ? new Values(next, owner, found)
                : next;
          }
        },
        0);
    if (!found[0]) {
      return null;
    }
    woven.add(owner);
    return writer.toByteArray();
  }

  /** Writes the hook's calls behind the instructions that bring values of chance. */
  private final class Values extends MethodVisitor {
    private final String owner;
    private final boolean[] found;

    Values(MethodVisitor next, String owner, boolean[] found) {
      super(Opcodes.ASM9, next);
      this.owner = owner;
      this.found = found;
    }

    @Override
    public void visitInsn(int opcode) {
      if (opcode == Opcodes.LRETURN && owner.equals(GENERATORS)) {
        call("initial", "(J)J");
      } else if (opcode == Opcodes.LRETURN && owner.equals(THREAD_LOCAL)) {
        call("next", "(J)J");
      } else if (opcode == Opcodes.IRETURN && owner.equals(ENUM)) {
        super.visitVarInsn(Opcodes.ALOAD, 0);
        call("hash", "(ILjava/lang/Enum;)I");
      }
      super.visitInsn(opcode);
      if (opcode == Opcodes.LXOR && owner.equals(RANDOM)) {
        call("seed", "(J)J");
      }
    }

    @Override
    public void visitFieldInsn(int opcode, String declaring, String name, String descriptor) {
      super.visitFieldInsn(opcode, declaring, name, descriptor);
      if (opcode == Opcodes.GETSTATIC && declaring.equals(COLLECTIONS)) {
        if (name.equals("SALT32L") && descriptor.equals("J")) {
          call("salt", "(J)J");
        } else if (name.equals("REVERSE") && descriptor.equals("Z")) {
          call(owner.contains("$Set12") ? "second" : "reverse", "(Z)Z");
        }
      }
    }

    private void call(String method, String descriptor) {
      found[0] = true;
      super.visitMethodInsn(Opcodes.INVOKESTATIC, hook, method, descriptor, false);
    }
  }
}
