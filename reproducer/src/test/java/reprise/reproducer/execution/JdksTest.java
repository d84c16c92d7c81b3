package reprise.reproducer.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reprise.ledger.Environment;

class JdksTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "17.0.15, Debian, 17.0.15 of Debian",
    "17.0.15, Oracle, 17.0.15 of Debian",
    "17.0.12, Debian, 17.0.15 of Debian",
    "17.0.16, Debian, 17.0.18 of Eclipse",
    "17.0.99, Debian, 17.0.18 of Eclipse",
    "21.0.2, Debian, 25.0.3 of Eclipse",
    "11.0.2, Debian, 17.0.15 of Debian",
    "99, Debian, 25.0.3 of Eclipse",
  })
  void nearest_amongSeveral_isTheOneThatComesClosest(String version, String vendor, String expected)
      throws IOException {
    Jdks jdks =
        new Jdks(
            List.of(
                jdk("a", "25.0.3", "Eclipse"),
                jdk("b", "17.0.18", "Eclipse"),
                jdk("c", "17.0.15", "Debian")));
    assertThat(jdks.nearest(new Environment.Jdk(version, vendor, "/gone"))).hasToString(expected);
  }

  @Test
  void nearest_otherJdkWhereTheRecordedOneLay_isNotTakenForIt() throws IOException {
    Path upgraded = jdk("java", "25.0.3", "Debian");
    Path same = jdk("elsewhere", "17.0.15", "Debian");
    Environment.Jdk recorded = new Environment.Jdk("17.0.15", "Debian", upgraded.toString());
    InstalledJdk found = new Jdks(List.of(upgraded, same)).nearest(recorded);
    assertThat(found.home()).isEqualTo(same);
    assertThat(found.is(recorded)).isTrue();
  }

  @Test
  void jdks_placesWithoutAJdk_arePassedOver() throws IOException {
    Path nothing = folder.resolve("nothing");
    Path noRelease = jdk("no-release", "1", "x");
    Files.delete(noRelease.resolve("release"));
    Path runtimeOnly = jdk("no-modules", "17.0.15", "Debian");
    Files.delete(runtimeOnly.resolve("lib/modules"));
    Path good = jdk("good", "25.0.3", "Eclipse");
    assertThat(
            new Jdks(List.of(nothing, noRelease, runtimeOnly, good))
                .nearest(new Environment.Jdk("17.0.15", "Debian", "/gone"))
                .home())
        .isEqualTo(good);
  }

  @Test
  void installed_thisMachine_findsTheJdkThatRunsThis() {
    String home = System.getProperty("java.home");
    Environment.Jdk running =
        new Environment.Jdk(
            System.getProperty("java.version"), System.getProperty("java.vendor"), home);
    assertThat(Jdks.installed(Map.of(), "/gone").nearest(running).is(running)).isTrue();
  }

  @Test
  void ofToolchains_fileOfMaven_namesItsHomes() throws IOException {
    Path file = folder.resolve("toolchains.xml");
    Files.writeString(
        file,
        """
        <toolchains>
          <toolchain><type>jdk</type>
            <configuration><jdkHome> /jdks/17 </jdkHome></configuration></toolchain>
          <toolchain><type>jdk</type>
            <configuration><jdkHome>/jdks/25</jdkHome></configuration></toolchain>
        </toolchains>
        """);
    assertThat(Jdks.ofToolchains(file)).containsExactly(Path.of("/jdks/17"), Path.of("/jdks/25"));
  }

  @Test
  void ofToolchains_brokenOrHostileFile_namesNone() throws IOException {
    List<List<Path>> found = new ArrayList<>();
    for (String text :
        List.of(
            "<toolchains><jdkHome>/x",
            "",
            "<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><jdkHome>&b;</jdkHome>")) {
      found.add(Jdks.ofToolchains(Files.writeString(folder.resolve("t.xml"), text)));
    }
    assertThat(found).containsOnly(List.of());
  }

  /** As much of a JDK as tells what it is. */
  private Path jdk(String name, String version, String vendor) throws IOException {
    Path home = folder.resolve(name);
    Files.createDirectories(home.resolve("bin"));
    Files.createDirectories(home.resolve("lib"));
    Files.createFile(home.resolve("lib/modules"));
    assertThat(Files.createFile(home.resolve("bin/java")).toFile().setExecutable(true)).isTrue();
    Files.writeString(
        home.resolve("release"),
        "IMPLEMENTOR=\"%s\"\nJAVA_VERSION=\"%s\"\n".formatted(vendor, version));
    return home;
  }
}
