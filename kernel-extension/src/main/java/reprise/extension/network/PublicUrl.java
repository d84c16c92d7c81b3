package reprise.extension.network;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A URL as it may be written down: without its user, its secrets and its fragment. */
final class PublicUrl {
  static final String MASK = "***";

  private static final Pattern USER = Pattern.compile("(?<=//)[^/?#@]*@");
  private static final Pattern USER_OF_ORACLE = Pattern.compile("(?<=:)[^:/@]+/[^@/]*(?=@)");
  private static final Pattern SETTING = Pattern.compile("([?&;])([^=&;#]+)=([^&;#]*)");
  private static final Pattern SECRET =
      Pattern.compile(
          "(?i).*(token|api[-_]?key|secret|passw|pwd|auth|signature|credential).*"
              + "|key|sig|sid|session|user|user_?name");

  private PublicUrl() {}

  static String of(String url) {
    String shown = USER.matcher(url).replaceAll("");
    if (shown.startsWith("jdbc:")) {
      shown = USER_OF_ORACLE.matcher(shown).replaceAll("");
    } else if (shown.indexOf('#') >= 0) {
      shown = shown.substring(0, shown.indexOf('#'));
    }
    return SETTING.matcher(shown).replaceAll(PublicUrl::masked);
  }

  private static String masked(java.util.regex.MatchResult setting) {
    boolean isSecret = SECRET.matcher(setting.group(2)).matches() && !setting.group(3).isEmpty();
    return Matcher.quoteReplacement(
        isSecret ? setting.group(1) + setting.group(2) + "=" + MASK : setting.group());
  }
}
