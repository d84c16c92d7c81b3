package reprise.extension.database;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Asks {@link Drivers} before a driver opens a database, as a notebook's class loader defines the
 * driver's class. The methods are those that all ways to a connection of a driver's end in.
 */
public final class DriverWeave extends ClassVisitor {
  private static final Map<String, String> METHODS =
      Map.of(
          "org.sqlite.JDBC", "createConnection",
          "org.h2.jdbc.JdbcConnection", "<init>",
          "org.duckdb.DuckDBDriver", "connect");

  /** How their parameters begin; what follows differs between versions. */
  private static final String URL_AND_SETTINGS = "(Ljava/lang/String;Ljava/util/Properties;";

  private final @Nullable String method;

  private DriverWeave(ClassVisitor out, @Nullable String method) {
    super(Opcodes.ASM9, out);
    this.method = method;
  }

  /** Whether the class of this name opens databases in files. */
  public static boolean concerns(String className) {
    return METHODS.containsKey(className);
  }

  /** The class with our calls in it. */
  public static byte[] woven(String className, byte[] bytecode) {
    ClassReader reader = new ClassReader(bytecode);
    ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
    reader.accept(new DriverWeave(writer, METHODS.get(className)), 0);
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
    return name.equals(method) && descriptor.startsWith(URL_AND_SETTINGS)
        ? new Opening(next, (access & Opcodes.ACC_STATIC) != 0 ? 0 : 1)
        : next;
  }

  /** Puts the URL that {@link Drivers} gives in the place of the one that was asked for. */
  private static final class Opening extends MethodVisitor {
    private final int url;

    Opening(MethodVisitor out, int url) {
      super(Opcodes.ASM9, out);
      this.url = url;
    }

    @Override
    public void visitCode() {
      super.visitCode();
      visitVarInsn(Opcodes.ALOAD, url);
      visitMethodInsn(
          Opcodes.INVOKESTATIC,
          "reprise/extension/database/Drivers",
          "opening",
          "(Ljava/lang/String;)Ljava/lang/String;",
          false);
      visitVarInsn(Opcodes.ASTORE, url);
    }
  }
}
