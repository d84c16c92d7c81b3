package reprise.reproducer.execution;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;
import reprise.ledger.Environment;

/** The JDKs of this machine: of Debian and Red Hat, SDKMAN, IDEs, Gradle, Maven's toolchains. */
public final class Jdks {
  private static final List<String> FOLDERS =
      List.of(
          "/usr/lib/jvm", "/usr/java", "/opt", "/opt/java", "/Library/Java/JavaVirtualMachines");
  private static final List<String> FOLDERS_AT_HOME =
      List.of(
          ".sdkman/candidates/java", ".jdks", ".gradle/jdks", "Library/Java/JavaVirtualMachines");

  private final List<InstalledJdk> all;

  Jdks(Collection<Path> homes) {
    all = homes.stream().flatMap(home -> InstalledJdk.at(home).stream()).toList();
  }

  /**
   * Looks where JDKs usually lie, which takes some milliseconds.
   *
   * @param variables of this process; {@code JAVA_HOME} and {@code JDK_HOME} are looked at
   * @param recorded where a JDK lay once, which is looked at too
   */
  public static Jdks installed(Map<String, String> variables, String recorded) {
    Path user = Path.of(System.getProperty("user.home"));
    Set<Path> homes = new LinkedHashSet<>();
    homes.add(Path.of(recorded));
    Stream.of("JAVA_HOME", "JDK_HOME")
        .filter(variables::containsKey)
        .forEach(name -> homes.add(Path.of(variables.get(name))));
    homes.addAll(ofToolchains(user.resolve(".m2/toolchains.xml")));
    FOLDERS.forEach(folder -> homes.addAll(in(Path.of(folder))));
    FOLDERS_AT_HOME.forEach(folder -> homes.addAll(in(user.resolve(folder))));
    homes.add(Path.of(System.getProperty("java.home")));
    return new Jdks(homes);
  }

  /** Each folder in a folder of JDKs; on macOS the home is deeper. */
  private static List<Path> in(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .sorted()
          .flatMap(entry -> Stream.of(entry, entry.resolve("Contents/Home")))
          .toList();
    } catch (IOException e) {
      return List.of(); // no such folder here
    }
  }

  static List<Path> ofToolchains(Path file) {
    if (Files.notExists(file)) {
      return List.of();
    }
    DocumentBuilderFactory parsers = DocumentBuilderFactory.newInstance();
    try (InputStream in = Files.newInputStream(file)) {
      parsers.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      parsers.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      DocumentBuilder parser = parsers.newDocumentBuilder();
      parser.setErrorHandler(new DefaultHandler()); // which prints nothing
      NodeList homes = parser.parse(in).getElementsByTagName("jdkHome");
      List<Path> paths = new ArrayList<>();
      for (int i = 0; i < homes.getLength(); i++) {
        paths.add(Path.of(homes.item(i).getTextContent().strip()));
      }
      return paths;
    } catch (IOException | SAXException | ParserConfigurationException e) {
      return List.of(); // Maven's own business
    }
  }

  /**
   * The one that comes nearest to what was recorded: the same; else the same version of another
   * vendor; else the nearest later update of the same feature release, else its last; else the
   * lowest later release, else the highest there is.
   */
  public InstalledJdk nearest(Environment.Jdk recorded) {
    return all.stream()
        .min(distance(recorded))
        .orElseThrow(() -> new IllegalStateException("the JDK that runs this has gone"));
  }

  private static Comparator<InstalledJdk> distance(Environment.Jdk recorded) {
    int feature = InstalledJdk.feature(recorded.version());
    Runtime.Version then = parsed(recorded.version());
    return Comparator.comparing((InstalledJdk jdk) -> !jdk.is(recorded))
        .thenComparing(jdk -> !jdk.version().equals(recorded.version()))
        .thenComparing(jdk -> jdk.feature() < feature)
        .thenComparing(jdk -> Math.abs(jdk.feature() - feature))
        .thenComparing(jdk -> parsed(jdk.version()).compareTo(then) < 0)
        .thenComparing(
            jdk -> parsed(jdk.version()),
            (a, b) -> a.compareTo(then) < 0 ? b.compareTo(a) : a.compareTo(b));
  }

  private static Runtime.Version parsed(String version) {
    try {
      return Runtime.Version.parse(version);
    } catch (IllegalArgumentException e) {
      return Runtime.Version.parse("1");
    }
  }
}
