package reprise.server.job;

import java.util.regex.Pattern;
import reprise.ledger.Parameter;

/** Values of parameters as a person writes them: without what only the compiler needs. */
final class Spelling {
  private static final Pattern QUOTED = Pattern.compile("\"([^\"\\\\]*)\"");

  private Spelling() {}

  static String plain(Parameter parameter) {
    return QUOTED.matcher(parameter.value()).replaceFirst("$1");
  }
}
