package reprise.extension.cell;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How JShell names what it compiles. The snippet with the id 7 becomes a class {@code
 * REPL.$JShell$7}: a variable is its field, a method its method, a type a class inside. Declared
 * again, or compiled again because something that it refers to was, it becomes {@code
 * REPL.$JShell$7B}. Names within this package are those of class files, with slashes.
 */
public final class SnippetNames {
  static final String PREFIX = "REPL/$JShell$";

  private static final String CLASS_PREFIX = PREFIX.replace('/', '.');

  private SnippetNames() {}

  /** Whether a class, named as {@link Class#getName} does, comes from a cell. */
  public static boolean isOfSnippet(String className) {
    return className.startsWith(CLASS_PREFIX);
  }

  /** The snippet's class that a class, nested ones and lambdas included, belongs to. */
  public static Optional<String> snippetOf(String className) {
    return Optional.ofNullable(snippet(className, CLASS_PREFIX));
  }

  /** The class of the snippet that a class is, or is part of; null for the class of a library. */
  static @Nullable String snippet(String type) {
    return snippet(type, PREFIX);
  }

  private static @Nullable String snippet(String name, String prefix) {
    if (!name.startsWith(prefix)) {
      return null;
    }
    int end = name.indexOf('$', prefix.length());
    return end < 0 ? name : name.substring(0, end);
  }

  /** Whether JShell has numbered a snippet itself, and nobody given it an id of another kind. */
  static boolean isNumber(String id) {
    return !id.isEmpty() && id.length() < 10 && id.chars().allMatch(Character::isDigit);
  }

  /** The id of a snippet's class. */
  static String id(String snippet) {
    int end = PREFIX.length();
    while (end < snippet.length() && Character.isDigit(snippet.charAt(end))) {
      end++;
    }
    return snippet.substring(PREFIX.length(), end);
  }

  /** The top-level type that a class inside a snippet's is, or is part of; null if it is none. */
  static @Nullable String declaredType(String type) {
    int start = type.indexOf('$', PREFIX.length());
    if (start < 0) {
      return null;
    }
    int end = type.indexOf('$', start + 1);
    String name = type.substring(start + 1, end < 0 ? type.length() : end);
    return name.isEmpty() || Character.isDigit(name.charAt(0)) ? null : name;
  }

  /** Whether a method was written by JShell or the compiler and not in a cell. */
  static boolean isGenerated(String method) {
    return method.indexOf('$') >= 0 || method.startsWith("<");
  }

  /** Whether it holds what a snippet does as it is executed, once. */
  static boolean isExecution(String method) {
    return method.equals("do_it$") || method.equals("<clinit>");
  }
}
