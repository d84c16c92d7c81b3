package reprise.server;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The house is built as its plan says. */
@AnalyzeClasses(packages = "reprise.server", importOptions = DoNotIncludeTests.class)
class HouseRulesTest {
  @ArchTest
  static final ArchRule NO_CIRCLES =
      slices().matching("reprise.server.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule FEATURES_KNOW_NOTHING_OF_EACH_OTHER =
      slices()
          .matching("reprise.server.(*)..")
          .should()
          .notDependOnEachOther()
          .ignoreDependency(
              alwaysTrue(),
              resideInAnyPackage(
                  "reprise.server.http", "reprise.server.db", "reprise.server.reproducer"));

  @ArchTest
  static final ArchRule NOBODY_KNOWS_THE_WIRING =
      noClasses()
          .that()
          .resideInAnyPackage("reprise.server.(*)..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("reprise.server");

  @ArchTest
  static final ArchRule ONLY_THE_LEDGER_IS_SEEN =
      noClasses()
          .should()
          .dependOnClassesThat(
              resideInAPackage("reprise..")
                  .and(not(resideInAnyPackage("reprise.server..", "reprise.ledger.."))));
}
