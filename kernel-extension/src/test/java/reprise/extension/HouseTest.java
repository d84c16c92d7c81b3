package reprise.extension;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The floors of this module: kernel stands on magic, magic on cell, cell on the ledger. */
@AnalyzeClasses(packages = "reprise", importOptions = ImportOption.DoNotIncludeTests.class)
class HouseTest {
  @ArchTest
  static final ArchRule PACKAGES_HAVE_NO_CYCLES =
      slices().matching("reprise.extension.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule CELLS_KNOW_NOTHING_OF_JUPYTER_MESSAGES =
      noClasses()
          .that()
          .resideInAPackage("reprise.extension.cell")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "reprise.extension.kernel", "reprise.extension.magic", "org.zeromq..");
}
