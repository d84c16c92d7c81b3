package reprise.extension.environment;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/** What Maven calls a jar: {@code group:artifact:version}. */
final class Coordinates {
  private static final int FEWEST_NAMES = 5; // repository/group/artifact/version/file

  private Coordinates() {}

  /** By its place in a repository, else as it says of itself; null if neither tells. */
  static @Nullable String of(Path jar) {
    String byPlace = byPlace(jar.toAbsolutePath().normalize());
    return byPlace == null ? byItself(jar) : byPlace;
  }

  private static @Nullable String byPlace(Path jar) {
    int names = jar.getNameCount();
    int repository = -1;
    for (int i = 0; i < names; i++) {
      if (jar.getName(i).toString().equals("repository")) {
        repository = i;
      }
    }
    if (repository < 0 || names - repository < FEWEST_NAMES) {
      return null;
    }
    String version = jar.getName(names - 2).toString();
    String artifact = jar.getName(names - 3).toString();
    if (!jar.getName(names - 1).toString().startsWith(artifact + "-" + version)) {
      return null;
    }
    List<String> group = new ArrayList<>();
    jar.subpath(repository + 1, names - 3).forEach(name -> group.add(name.toString()));
    return String.join(".", group) + ":" + artifact + ":" + version;
  }

  private static @Nullable String byItself(Path jar) {
    if (!Files.isRegularFile(jar)) {
      return null;
    }
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      List<Properties> all = new ArrayList<>();
      for (ZipEntry entry : (Iterable<ZipEntry>) zip.stream().map(ZipEntry.class::cast)::iterator) {
        if (isPom(entry.getName())) {
          all.add(read(zip, entry));
        }
      }
      return own(all, jar.getFileName().toString());
    } catch (IOException | IllegalArgumentException e) {
      return null; // no jar, or none that anybody can read
    }
  }

  private static boolean isPom(String entry) {
    return entry.startsWith("META-INF/maven/") && entry.endsWith("/pom.properties");
  }

  private static Properties read(ZipFile zip, ZipEntry entry) throws IOException {
    Properties pom = new Properties();
    try (InputStream in = zip.getInputStream(entry)) {
      pom.load(in);
    }
    return pom;
  }

  /** A jar that others were packed into has their names too; its own is that of the file. */
  private static @Nullable String own(List<Properties> all, String file) {
    for (Properties pom : all) {
      String artifact = pom.getProperty("artifactId", "");
      String version = pom.getProperty("version", "");
      boolean isOwn = all.size() == 1 || file.startsWith(artifact + "-" + version);
      if (isOwn && pom.containsKey("groupId") && !artifact.isEmpty() && !version.isEmpty()) {
        return pom.getProperty("groupId") + ":" + artifact + ":" + version;
      }
    }
    return null;
  }
}
