package reprise.extension.secret;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Names of variables, keys and options behind which a secret stands. */
final class SecretName {
  /** What a name ends with, whatever stands before; written as one small word. */
  private static final List<String> ENDINGS =
      List.of(
          "password",
          "passwd",
          "passphrase",
          "secret",
          "apikey",
          "accesskey",
          "secretkey",
          "privatekey",
          "authkey",
          "accountkey",
          "encryptionkey",
          "signingkey",
          "masterkey",
          "sharedkey",
          "subscriptionkey");

  /** Words that stand where a secret would, and are none. */
  private static final Set<String> NO_SECRETS =
      Set.of(
          "null",
          "true",
          "false",
          "none",
          "undefined",
          "string",
          "optional",
          "required",
          "basic",
          "bearer",
          "token",
          "digest");

  /** Keys that are harmless in a program and not in the query of a URL. */
  private static final Set<String> IN_QUERIES = Set.of("key", "sig", "signature", "xamzsignature");

  private static final int SHORTEST_TOKEN = 6;
  private static final int SHORTEST_IN_QUERY = 8;

  private SecretName() {}

  /** Whether {@code value} is a secret because of the name that it goes by. */
  static boolean hides(String name, String value) {
    String plain = plain(name);
    if (!mayMean(plain) || isNoSecret(value)) {
      return false;
    }
    if (ENDINGS.stream().anyMatch(plain::endsWith)) {
      return true;
    }
    if (plain.endsWith("pwd")) {
      return !value.startsWith("/") && !value.startsWith("~"); // the shell's working directory
    }
    if (plain.endsWith("authorization")) {
      return value.length() >= SHORTEST_TOKEN;
    }
    // a word that a text is split into is called a token too
    return value.length() >= SHORTEST_TOKEN && value.chars().noneMatch(Character::isWhitespace);
  }

  /** The same for what stands in the query of a URL. */
  static boolean hidesInQuery(String name, String value) {
    return hides(name, value)
        || (IN_QUERIES.contains(plain(name))
            && value.length() >= SHORTEST_IN_QUERY
            && !isNoSecret(value));
  }

  /** A look at the end of a name that most names do not pass. */
  static boolean mayMean(String text, int start, int end) {
    char last = end > start ? text.charAt(end - 1) : ' ';
    return "dDtTyYeEgGnN0123456789".indexOf(last) >= 0;
  }

  private static boolean mayMean(String plain) {
    return plain.endsWith("token")
        || plain.endsWith("pwd")
        || plain.endsWith("authorization")
        || ENDINGS.stream().anyMatch(plain::endsWith);
  }

  private static String plain(String name) {
    String small = name.toLowerCase(Locale.ROOT);
    StringBuilder plain = new StringBuilder(small.length());
    for (int i = 0; i < small.length(); i++) {
      if (Character.isLetterOrDigit(small.charAt(i))) {
        plain.append(small.charAt(i));
      }
    }
    int end = plain.length();
    while (end > 0 && Character.isDigit(plain.charAt(end - 1))) {
      end--;
    }
    return plain.substring(0, end);
  }

  private static boolean isNoSecret(String value) {
    return value.isBlank()
        || value.startsWith("[masked:")
        || isFilledInLater(value)
        || value.chars().allMatch(c -> "*x.•".indexOf(c) >= 0)
        || NO_SECRETS.contains(value.toLowerCase(Locale.ROOT));
  }

  /** A variable's name, a form to be filled in, or the beginning of what is put together. */
  private static boolean isFilledInLater(String value) {
    return value.startsWith("${")
        || value.startsWith("$(")
        || value.startsWith("{{")
        || value.startsWith("%s")
        || (value.startsWith("<") && value.endsWith(">"))
        || (value.startsWith("$") && value.chars().skip(1).allMatch(SecretName::isOfAVariable))
        || value.endsWith(" ");
  }

  private static boolean isOfAVariable(int c) {
    return c == '_' || (c >= 'A' && c <= 'Z');
  }
}
