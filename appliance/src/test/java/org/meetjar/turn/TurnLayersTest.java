package org.meetjar.turn;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The relay stands on the base packages alone; only what joins it to the meetings knows both. */
@AnalyzeClasses(packages = "org.meetjar", importOptions = ImportOption.DoNotIncludeTests.class)
class TurnLayersTest {
  @ArchTest
  static final ArchRule turnStandsOnTheBase =
      classes()
          .that()
          .resideInAPackage("org.meetjar.turn")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "org.meetjar.turn",
              "org.meetjar.stun",
              "org.meetjar.channel",
              "org.meetjar.config",
              "java..",
              "javax.crypto..",
              "org.slf4j");

  @ArchTest
  static final ArchRule stunStandsAlone =
      classes()
          .that()
          .resideInAPackage("org.meetjar.stun")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("org.meetjar.stun", "java..", "javax.crypto..");

  @ArchTest
  static final ArchRule onlyTheRelayKnowsTurn =
      noClasses()
          .that()
          .resideOutsideOfPackages("org.meetjar.turn", "org.meetjar.relay")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.meetjar.turn");
}
