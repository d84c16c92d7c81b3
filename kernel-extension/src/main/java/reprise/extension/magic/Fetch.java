package reprise.extension.magic;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Fetches single jars from Maven repositories with the person's settings, for a replay that is
 * about to begin: into the folder that comes first, from the repositories {@code name=address}
 * besides the usual ones, each {@code group:artifact:version}. Says where each of them lies, one a
 * line; what cannot be had is left out.
 */
public final class Fetch {
  private Fetch() {}

  public static void main(String[] words) {
    Map<String, String> repositories = new LinkedHashMap<>();
    Maven maven = new Maven(progress -> {}, Path.of(words[0]));
    for (int i = 1; i < words.length; i++) {
      String word = words[i];
      int sign = word.indexOf('=');
      if (sign > 0) {
        repositories.put(word.substring(0, sign), word.substring(sign + 1));
      } else {
        maven.find(word, repositories).ifPresent(jar -> System.out.println(word + "\t" + jar));
      }
    }
  }
}
