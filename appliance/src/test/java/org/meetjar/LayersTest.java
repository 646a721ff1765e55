package org.meetjar;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.conditions.ArchConditions.onlyDependOnClassesThat;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Imports point one way: from the whole to its parts, and never from a part to its neighbour. */
class LayersTest {
  private static final List<String> BASE =
      List.of("loop", "channel", "xml", "colibri", "config", "guard");

  static final ArchRule noPackagesGoInCircles =
      slices().matching("org.meetjar.(*)..").should().beFreeOfCycles();

  static final ArchRule loopStandsAlone = mayUse("loop", false);
  static final ArchRule channelStandsAlone = mayUse("channel", false);
  static final ArchRule xmlStandsAlone = mayUse("xml", false);
  static final ArchRule colibriStandsAlone = mayUse("colibri", false);
  static final ArchRule configStandsAlone = mayUse("config", false);
  static final ArchRule srtpStandsAlone = mayUse("srtp", false, "foreign");
  static final ArchRule rtpStandsAlone = mayUse("rtp", false);

  static final ArchRule storeKnowsTheBase = mayUse("store", true);
  static final ArchRule tlsKnowsTheBase = mayUse("tls", true);
  static final ArchRule httpKnowsTheBase = mayUse("http", true);
  static final ArchRule xmppKnowsTheBase = mayUse("xmpp", true);
  static final ArchRule adminKnowsWebAndStore = mayUse("admin", true, "http", "store");
  static final ArchRule controlKnowsTheStore = mayUse("control", true, "store");
  static final ArchRule addressKnowsStun = mayUse("address", true, "stun");

  static final ArchRule transportKnowsSrtpAndStun =
      mayUse("transport", true, "srtp", "stun", "datagram", "address");

  static final ArchRule guardStandsAlone = mayUse("guard", false);
  static final ArchRule systemdStandsAlone = mayUse("systemd", false);
  static final ArchRule machineStandsAlone = mayUse("machine", false);

  static final ArchRule installKnowsTheMachine = mayUse("install", false, "machine", "config");

  static final ArchRule doctorKnowsWhatItAsks =
      mayUse("doctor", false, "machine", "address", "config", "control", "stun");

  static final ArchRule congestionKnowsRtp = mayUse("congestion", false, "rtp");

  static final ArchRule bridgeKnowsTransports =
      mayUse("bridge", true, "transport", "rtp", "congestion");

  static final ArchRule warmUpDrivesTheBridge =
      mayUse("warmup", true, "bridge", "transport", "rtp");

  static final ArchRule roomsKnowTheHub = mayUse("muc", true, "xmpp");
  static final ArchRule focusKnowsTheHub = mayUse("focus", true, "xmpp");

  static final ArchRule foreignStandsAlone = mayUse("foreign", false);
  static final ArchRule datagramsKnowTheBase = mayUse("datagram", true, "foreign");

  static final ArchRule jnaStaysWithDatagrams = only("datagram", "com.sun.jna..");

  static final ArchRule stunStandsAlone = mayUse("stun", false);
  static final ArchRule turnKnowsStun = mayUse("turn", true, "stun", "address");

  static final ArchRule relayJoinsTurnToTheRooms = mayUse("relay", true, "turn", "muc", "xmpp");

  static final ArchRule loadIsAClient =
      mayUse("load", true, "transport", "datagram", "srtp", "rtp", "stun");

  static final ArchRule nothingOfTheServerNeedsTheLoadTool =
      classes()
          .that(resideOutsideOfPackages("org.meetjar.load..", "org.meetjar.cli.."))
          .should(onlyDependOnClassesThat(resideOutsideOfPackages("org.meetjar.load..")));

  static final ArchRule onlyTheBridgesEdgeKnowsXmpp =
      classes()
          .that()
          .resideInAnyPackage("org.meetjar.bridge..", "org.meetjar.transport..")
          .should(
              onlyDependOnClassesThat(
                  resideOutsideOfPackages("org.meetjar.xmpp..", "org.meetjar.xml..")));

  static final ArchRule jettyStaysInHttp = only("http", "org.eclipse.jetty..");

  static final ArchRule databasesStayInTheStore = only("store", "java.sql..", "org.h2..");

  static final ArchRule authoritiesStayInTls = only("tls", "org.shredzone..", "org.jose4j..");

  static final ArchRule metricsStayInAdmin = only("admin", "io.prometheus..");

  /** The library's own runner is not counted by the build, and its failures pass unseen. */
  @TestFactory
  Stream<DynamicTest> everyRuleHolds() {
    JavaClasses ours =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("org.meetjar");
    return Arrays.stream(LayersTest.class.getDeclaredFields())
        .filter(field -> field.getType() == ArchRule.class)
        .map(field -> DynamicTest.dynamicTest(field.getName(), () -> rule(field).check(ours)));
  }

  private static ArchRule rule(Field field) throws IllegalAccessException {
    return (ArchRule) field.get(null);
  }

  private static ArchRule mayUse(String part, boolean base, String... others) {
    List<String> allowed = new ArrayList<>(List.of("org.meetjar." + part + ".."));
    if (base) {
      BASE.forEach(name -> allowed.add("org.meetjar." + name + ".."));
    }
    for (String other : others) {
      allowed.add("org.meetjar." + other + "..");
    }
    return classes()
        .that()
        .resideInAPackage("org.meetjar." + part + "..")
        .should(
            onlyDependOnClassesThat(
                resideInAnyPackage(allowed.toArray(String[]::new))
                    .or(resideOutsideOfPackages("org.meetjar.."))));
  }

  /** Everything else of ours but the preloading of the whole leaves the library alone. */
  private static ArchRule only(String part, String... library) {
    return classes()
        .that(
            resideOutsideOfPackages("org.meetjar." + part + "..")
                .and(
                    com.tngtech.archunit.base.DescribedPredicate.not(
                        com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName(
                            "Preload"))))
        .should(onlyDependOnClassesThat(resideOutsideOfPackages(library)));
  }
}
