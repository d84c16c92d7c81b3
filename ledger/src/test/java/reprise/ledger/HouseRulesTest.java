package reprise.ledger;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "reprise", importOptions = DoNotIncludeTests.class)
class HouseRulesTest {
  @ArchTest
  static final ArchRule groundFloor =
      classes()
          .that()
          .resideInAPackage("reprise.ledger..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "reprise.ledger..",
              "java..",
              "javax.net.ssl..",
              "com.fasterxml.jackson..",
              "org.jspecify..");
}
