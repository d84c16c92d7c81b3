package reprise.ledger;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Values of parameters as a person writes them, and as Java spells them. */
public final class Constant {
  private static final Pattern PLAIN_TEXT = Pattern.compile("\"([^\"\\\\]*)\"");

  private Constant() {}

  /**
   * What takes the place of a parameter's constant.
   *
   * @param type one that {@link #type} gives
   * @return empty if {@code text} is none of that type
   */
  public static Optional<String> spelled(String type, String text) {
    try {
      return Optional.of(
          switch (type) {
            case "byte" -> String.valueOf(Byte.parseByte(text.strip()));
            case "short" -> String.valueOf(Short.parseShort(text.strip()));
            case "int" -> String.valueOf(Integer.parseInt(text.strip()));
            case "long" -> Long.parseLong(text.strip()) + "L";
            case "float" -> finite(Float.parseFloat(number(text))) + "f";
            case "double" -> String.valueOf(finite(Double.parseDouble(number(text))));
            case "boolean" -> truth(text.strip());
            case "char" -> character(text);
            default -> '"' + escaped(text) + '"';
          });
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** The parameter's value as a person writes it, as far as that is plain. */
  public static String plain(Parameter parameter) {
    return switch (type(parameter)) {
      case "long" -> parameter.value().replaceFirst("[lL]$", "");
      case "float" -> parameter.value().replaceFirst("[fF]$", "");
      case "String" -> PLAIN_TEXT.matcher(parameter.value()).replaceFirst("$1");
      default -> parameter.value();
    };
  }

  /** The type as people call it, one of those that {@link #spelled} knows. */
  public static String type(Parameter parameter) {
    String declared = parameter.type().substring(parameter.type().lastIndexOf('.') + 1);
    return switch (declared) {
      case "byte", "Byte" -> "byte";
      case "short", "Short" -> "short";
      case "int", "Integer" -> "int";
      case "long", "Long" -> "long";
      case "float", "Float" -> "float";
      case "double", "Double" -> "double";
      case "boolean", "Boolean" -> "boolean";
      case "char", "Character" -> "char";
      case "String", "CharSequence" -> "String";
      default -> typeOf(parameter.value());
    };
  }

  /** Of a variable whose type says little, such as Object, the type of the constant. */
  private static String typeOf(String constant) {
    String last = constant.substring(constant.length() - 1).toLowerCase(Locale.ROOT);
    if (constant.startsWith("\"")) {
      return "String";
    } else if (constant.startsWith("'")) {
      return "char";
    } else if (constant.equals("true") || constant.equals("false")) {
      return "boolean";
    } else if (last.equals("l")) {
      return "long";
    } else if (constant.startsWith("0x") || constant.startsWith("0X")) {
      return "int";
    } else if (last.equals("f")) {
      return "float";
    }
    return constant.matches("[-+\\s\\d_]*") ? "int" : "double";
  }

  /** Java's own parsers take more for a number than the language does. */
  private static String number(String text) {
    return new BigDecimal(text.strip()).toString();
  }

  private static float finite(float value) {
    if (Float.isInfinite(value)) {
      throw new IllegalArgumentException("too large for a float");
    }
    return value;
  }

  private static double finite(double value) {
    if (Double.isInfinite(value)) {
      throw new IllegalArgumentException("too large for a double");
    }
    return value;
  }

  private static String truth(String text) {
    if (!text.equals("true") && !text.equals("false")) {
      throw new IllegalArgumentException("neither true nor false");
    }
    return text;
  }

  private static String character(String text) {
    if (text.length() != 1) {
      throw new IllegalArgumentException("not one character");
    }
    return text.equals("'") ? "'\\''" : text.equals("\"") ? "'\"'" : "'" + escaped(text) + "'";
  }

  private static String escaped(String text) {
    StringBuilder escaped = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char each = text.charAt(i);
      switch (each) {
        case '\\' -> escaped.append("\\\\");
        case '"' -> escaped.append("\\\"");
        case '\n' -> escaped.append("\\n");
        case '\r' -> escaped.append("\\r");
        case '\t' -> escaped.append("\\t");
        default -> {
          if (each < ' ') {
            escaped.append("\\u%04x".formatted((int) each));
          } else {
            escaped.append(each);
          }
        }
      }
    }
    return escaped.toString();
  }
}
