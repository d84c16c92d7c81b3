package reprise.extension.environment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reprise.ledger.Digest;
import reprise.ledger.Jar;

class SurroundingsTest {
  @TempDir Path folder;

  @Test
  void jar_fromARepository_canBeHadAgain() throws IOException {
    Path file = jar("repository/org/example/iris/1.2/iris-1.2.jar");
    Jar jar = Surroundings.jar(file, "org.example:iris:1.2");
    assertThat(jar).isEqualTo(new Jar(file.toString(), "org.example:iris:1.2", Digest.of(file)));
    assertThat(jar.canBeHadAgain()).isTrue();
  }

  @Test
  void jar_namedByItsPath_hasTheCoordinatesOfItsPlaceAndIsKept() throws IOException {
    Jar jar = Surroundings.jar(jar("repository/org/example/iris/1.2/iris-1.2.jar"), null);
    assertThat(jar.coordinates()).isEqualTo("org.example:iris:1.2");
    assertThat(jar.canBeHadAgain()).isFalse();
  }

  @Test
  void jar_withAPom_hasTheCoordinatesThatItSays() throws IOException {
    Jar jar = Surroundings.jar(jar("lib/renamed.jar", "org.example:iris:1.2"), null);
    assertThat(jar.coordinates()).isEqualTo("org.example:iris:1.2");
    assertThat(jar.canBeHadAgain()).isFalse();
  }

  @Test
  void jar_withOthersPackedInto_isTheOneThatItsFileIsNamedAfter() throws IOException {
    Path packed = jar("lib/iris-1.2.jar", "org.other:rose:3", "org.example:iris:1.2");
    assertThat(Surroundings.jar(packed, null).coordinates()).isEqualTo("org.example:iris:1.2");
    Path renamed = jar("lib/all.jar", "org.other:rose:3", "org.example:iris:1.2");
    assertThat(Surroundings.jar(renamed, null).coordinates()).isNull();
  }

  @Test
  void jar_thatIsNone_hasADigestAndNoCoordinates() throws IOException {
    Path file = Files.writeString(folder.resolve("broken.jar"), "no jar");
    assertThat(Surroundings.jar(file, null))
        .isEqualTo(new Jar(file.toString(), null, Digest.of(file)));
    assertThat(Surroundings.jar(folder, null)).isEqualTo(new Jar(folder.toString(), null, null));
  }

  private Path jar(String place, String... coordinates) throws IOException {
    Path file = folder.resolve(place);
    Files.createDirectories(file.getParent());
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      for (String each : coordinates) {
        String[] parts = each.split(":", -1);
        zip.putNextEntry(
            new ZipEntry("META-INF/maven/" + parts[0] + "/" + parts[1] + "/pom.properties"));
        zip.write(
            "groupId=%s\nartifactId=%s\nversion=%s\n"
                .formatted((Object[]) parts)
                .getBytes(StandardCharsets.UTF_8));
      }
    }
    return file;
  }
}
