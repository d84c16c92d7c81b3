package reprise.extension.cell;

import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import reprise.ledger.Flow.DeclarationKind;

/** Collects what the class of a snippet, or a class inside one, refers to of other snippets. */
final class References extends ClassVisitor {
  /** Objects of other library classes may be changed by whoever holds them. */
  private static final Set<String> UNCHANGING =
      Set.of(
          "Ljava/lang/String;",
          "Ljava/lang/Integer;",
          "Ljava/lang/Long;",
          "Ljava/lang/Double;",
          "Ljava/lang/Float;",
          "Ljava/lang/Short;",
          "Ljava/lang/Byte;",
          "Ljava/lang/Character;",
          "Ljava/lang/Boolean;",
          "Ljava/lang/Class;",
          "Ljava/math/BigInteger;",
          "Ljava/math/BigDecimal;",
          "Ljava/nio/file/Path;",
          "Ljava/time/Duration;",
          "Ljava/time/Instant;",
          "Ljava/time/LocalDate;",
          "Ljava/time/LocalDateTime;",
          "Ljava/time/LocalTime;",
          "Ljava/time/ZonedDateTime;",
          "Ljava/util/UUID;",
          "Ljava/util/regex/Pattern;");

  /**
   * Something that is referred to.
   *
   * @param snippet the class of the snippet that declares it
   * @param changes whether what it holds may be another thing afterwards
   */
  record Reference(String snippet, DeclarationKind kind, String name, boolean changes) {}

  private final Set<Reference> executed = new LinkedHashSet<>();
  private final Set<Reference> later = new LinkedHashSet<>();
  private String type = "";
  private boolean executes;

  References(ClassVisitor next) {
    super(Opcodes.ASM9, next);
  }

  /** The snippet's class. */
  String snippet() {
    String snippet = SnippetNames.snippet(type);
    return snippet == null ? type : snippet;
  }

  /** What is referred to while the snippet itself is executed. */
  Set<Reference> executed() {
    return executed;
  }

  /** What is referred to by methods, lambdas and inner classes, whenever they are called. */
  Set<Reference> later() {
    return later;
  }

  /** Whether there is anything to execute in a snippet, other than a declaration. */
  boolean executes() {
    return executes;
  }

  @Override
  public void visit(
      int version,
      int access,
      String name,
      @Nullable String signature,
      @Nullable String superName,
      String @Nullable [] interfaces) {
    type = name;
    mention(later, superName);
    for (String each : interfaces == null ? new String[0] : interfaces) {
      mention(later, each);
    }
    mention(later, signature);
    super.visit(version, access, name, signature, superName, interfaces);
  }

  @Override
  public FieldVisitor visitField(
      int access,
      String name,
      String descriptor,
      @Nullable String signature,
      @Nullable Object value) {
    mention(later, signature == null ? descriptor : signature);
    return super.visitField(access, name, descriptor, signature, value);
  }

  @Override
  public MethodVisitor visitMethod(
      int access,
      String name,
      String descriptor,
      @Nullable String signature,
      String @Nullable [] exceptions) {
    boolean once = type.equals(SnippetNames.snippet(type)) && SnippetNames.isExecution(name);
    executes |= once && name.equals("do_it$");
    Set<Reference> into = once ? executed : later;
    mention(into, signature == null ? descriptor : signature);
    MethodVisitor next = super.visitMethod(access, name, descriptor, signature, exceptions);
    return new Body(next, into);
  }

  /** Adds each type of a snippet that a name, a descriptor or a signature speaks of. */
  private void mention(Set<Reference> into, @Nullable String types) {
    if (types == null) {
      return;
    }
    for (int at = types.indexOf(SnippetNames.PREFIX);
        at >= 0;
        at = types.indexOf(SnippetNames.PREFIX, at + 1)) {
      int end = at;
      while (end < types.length() && ";<:>".indexOf(types.charAt(end)) < 0) {
        end++;
      }
      addType(into, types.substring(at, end), false);
    }
  }

  private void addType(Set<Reference> into, String mentioned, boolean changes) {
    String snippet = SnippetNames.snippet(mentioned);
    String name = SnippetNames.declaredType(mentioned);
    if (snippet != null && name != null) {
      into.add(new Reference(snippet, DeclarationKind.TYPE, name, changes));
    }
  }

  private static boolean canChange(String descriptor) {
    return descriptor.length() > 1 && !UNCHANGING.contains(descriptor);
  }

  /** The instructions of one method. */
  private final class Body extends MethodVisitor {
    private final Set<Reference> into;

    Body(@Nullable MethodVisitor next, Set<Reference> into) {
      super(Opcodes.ASM9, next);
      this.into = into;
    }

    private void field(String owner, String name, String descriptor, boolean writes) {
      String snippet = SnippetNames.snippet(owner);
      if (snippet == null) {
        return;
      }
      boolean changes = writes || canChange(descriptor);
      if (snippet.equals(owner)) {
        into.add(new Reference(snippet, DeclarationKind.VARIABLE, name, changes));
      } else {
        addType(into, owner, changes);
      }
    }

    private void method(String owner, String name) {
      String snippet = SnippetNames.snippet(owner);
      if (snippet == null) {
        return;
      }
      if (snippet.equals(owner) && !SnippetNames.isGenerated(name)) {
        into.add(new Reference(snippet, DeclarationKind.METHOD, name, false));
      } else {
        addType(into, owner, false);
      }
    }

    private void constant(Object value) {
      if (value instanceof Handle handle) {
        method(handle.getOwner(), handle.getName());
      } else if (value instanceof Type mentioned) {
        mention(into, mentioned.getDescriptor());
      }
    }

    @Override
    public void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
      boolean isStatic = opcode == Opcodes.GETSTATIC || opcode == Opcodes.PUTSTATIC;
      if (isStatic) {
        field(owner, name, descriptor, opcode == Opcodes.PUTSTATIC);
      }
      super.visitFieldInsn(opcode, owner, name, descriptor);
    }

    @Override
    public void visitMethodInsn(
        int opcode, String owner, String name, String descriptor, boolean isInterface) {
      method(owner, name);
      super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
    }

    @Override
    public void visitInvokeDynamicInsn(
        String name, String descriptor, Handle bootstrap, Object... arguments) {
      for (Object argument : arguments) {
        constant(argument);
      }
      super.visitInvokeDynamicInsn(name, descriptor, bootstrap, arguments);
    }

    @Override
    public void visitTypeInsn(int opcode, String mentioned) {
      mention(into, mentioned);
      super.visitTypeInsn(opcode, mentioned);
    }

    @Override
    public void visitLdcInsn(Object value) {
      constant(value);
      super.visitLdcInsn(value);
    }

    @Override
    public void visitLocalVariable(
        String name,
        String descriptor,
        @Nullable String signature,
        Label start,
        Label end,
        int index) {
      mention(into, signature == null ? descriptor : signature);
      super.visitLocalVariable(name, descriptor, signature, start, end, index);
    }
  }
}
