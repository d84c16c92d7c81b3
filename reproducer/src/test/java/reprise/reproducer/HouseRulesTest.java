package reprise.reproducer;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "reprise.reproducer", importOptions = DoNotIncludeTests.class)
class HouseRulesTest {
  @ArchTest
  static final ArchRule noCircles =
      slices().matching("reprise.reproducer.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule comparisonIsPure =
      noClasses()
          .that()
          .resideInAPackage("..comparison..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.nio.file..", "java.net..", "java.lang.management..")
          .because("what is the same must not depend on where it is asked");

  @ArchTest
  static final ArchRule onlyCommandsSpeakToPeople =
      noClasses()
          .that()
          .resideOutsideOfPackage("..command..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("picocli..");
}
