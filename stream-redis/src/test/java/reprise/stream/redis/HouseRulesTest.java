package reprise.stream.redis;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "reprise.stream.redis", importOptions = DoNotIncludeTests.class)
class HouseRulesTest {
  @ArchTest
  static final ArchRule ONLY_THE_DOOR_IS_SEEN =
      classes()
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "reprise.stream.redis",
              "reprise.server.job.stream",
              "java..",
              "redis.clients..",
              "org.slf4j",
              "org.jspecify..");
}
