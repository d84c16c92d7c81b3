package reprise.stream.kafka;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "reprise.stream.kafka", importOptions = DoNotIncludeTests.class)
class HouseRulesTest {
  @ArchTest
  static final ArchRule ONLY_THE_DOOR_IS_SEEN =
      classes()
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "reprise.stream.kafka",
              "reprise.server.job.stream",
              "java..",
              "org.apache.kafka..",
              "org.slf4j",
              "org.jspecify..");
}
