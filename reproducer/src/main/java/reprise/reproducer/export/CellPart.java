package reprise.reproducer.export;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of a cell: Java, or a magic.
 *
 * @param magic its name; null for Java
 * @param text all of it, as it stands in the cell
 * @param argument what a magic is to do something with
 */
record CellPart(@Nullable String magic, String text, String argument) {
  private static final Pattern CELL = Pattern.compile("\\s*%%(\\w+)([^\\n]*)\\n?(?s:(.*))");
  private static final Pattern LINE =
      Pattern.compile("[ \\t]*(?:%([A-Za-z]\\w*)|!(?=[^=\\s]))(.*)");
  private static final Set<String> SHELLS = Set.of("bash", "sh", "shell");
  private static final Set<String> JARS =
      Set.of(
          "maven",
          "mavenRepo",
          "addMavenDependency",
          "addMavenDependencies",
          "dependency",
          "loadFromPOM",
          "pom",
          "jars",
          "classpath");

  static List<CellPart> of(String cell) {
    Matcher whole = CELL.matcher(cell);
    if (whole.matches()) {
      return whole.group(1).equals("time")
          ? of(whole.group(3))
          : List.of(new CellPart(whole.group(1), cell, whole.group(3)));
    }
    List<CellPart> parts = new ArrayList<>();
    StringBuilder java = new StringBuilder();
    for (String line : cell.split("(?<=\n)", -1)) {
      Matcher magic = LINE.matcher(line.stripTrailing());
      if (magic.matches() && JavaText.isCode(java)) {
        add(java, parts);
        String name = magic.group(1) == null ? "sh" : magic.group(1);
        parts.add(new CellPart(name, line.strip(), magic.group(2).strip()));
      } else {
        java.append(line);
      }
    }
    add(java, parts);
    return parts;
  }

  private static void add(StringBuilder java, List<CellPart> parts) {
    if (!java.toString().isBlank()) {
      parts.add(new CellPart(null, java.toString(), ""));
    }
    java.setLength(0);
  }

  boolean isJava() {
    return magic == null;
  }

  /** Whether all that it did is in the class path file. */
  boolean isAboutJars() {
    return magic != null && JARS.contains(magic);
  }

  /** Java that does what the magic did; null if there is none. */
  @Nullable String java() {
    if (magic != null && SHELLS.contains(magic)) {
      return "System.out.print(new String(new ProcessBuilder(\"%s\", \"-c\", %s).redirectErrorStream(true).start().getInputStream().readAllBytes()));"
          .formatted(magic.equals("bash") ? "bash" : "sh", JavaText.literal(argument));
    }
    return null;
  }
}
