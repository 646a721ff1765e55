package org.meetjar;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.conditions.ArchConditions.onlyDependOnClassesThat;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.ArrayList;
import java.util.List;

/** Imports point one way: from the whole to its parts, and never from a part to its neighbour. */
@AnalyzeClasses(packages = "org.meetjar", importOptions = ImportOption.DoNotIncludeTests.class)
class LayersTest {
  private static final List<String> BASE = List.of("loop", "channel", "xml", "colibri", "config");

  @ArchTest
  static final ArchRule noPackagesGoInCircles =
      slices().matching("org.meetjar.(*)..").should().beFreeOfCycles();

  @ArchTest static final ArchRule loopStandsAlone = mayUse("loop", false);
  @ArchTest static final ArchRule channelStandsAlone = mayUse("channel", false);
  @ArchTest static final ArchRule xmlStandsAlone = mayUse("xml", false);
  @ArchTest static final ArchRule colibriStandsAlone = mayUse("colibri", false);
  @ArchTest static final ArchRule configStandsAlone = mayUse("config", false);
  @ArchTest static final ArchRule srtpStandsAlone = mayUse("srtp", false);
  @ArchTest static final ArchRule rtpStandsAlone = mayUse("rtp", false);

  @ArchTest static final ArchRule storeKnowsTheBase = mayUse("store", true);
  @ArchTest static final ArchRule tlsKnowsTheBase = mayUse("tls", true);
  @ArchTest static final ArchRule httpKnowsTheBase = mayUse("http", true);
  @ArchTest static final ArchRule xmppKnowsTheBase = mayUse("xmpp", true);
  @ArchTest static final ArchRule adminKnowsWebAndStore = mayUse("admin", true, "http", "store");
  @ArchTest static final ArchRule controlKnowsTheStore = mayUse("control", true, "store");
  @ArchTest static final ArchRule addressKnowsStun = mayUse("address", true, "stun");

  @ArchTest
  static final ArchRule transportKnowsSrtpAndStun =
      mayUse("transport", true, "srtp", "stun", "datagram", "address");

  @ArchTest static final ArchRule systemdStandsAlone = mayUse("systemd", false);
  @ArchTest static final ArchRule machineStandsAlone = mayUse("machine", false);

  @ArchTest
  static final ArchRule installKnowsTheMachine = mayUse("install", false, "machine", "config");

  @ArchTest
  static final ArchRule doctorKnowsWhatItAsks =
      mayUse("doctor", false, "machine", "address", "config", "control", "stun");

  @ArchTest
  static final ArchRule bridgeKnowsTransports = mayUse("bridge", true, "transport", "rtp");

  @ArchTest
  static final ArchRule warmUpDrivesTheBridge =
      mayUse("warmup", true, "bridge", "transport", "rtp");

  @ArchTest static final ArchRule roomsKnowTheHub = mayUse("muc", true, "xmpp");
  @ArchTest static final ArchRule focusKnowsTheHub = mayUse("focus", true, "xmpp");

  @ArchTest static final ArchRule datagramsKnowTheBase = mayUse("datagram", true);

  @ArchTest static final ArchRule jnaStaysWithDatagrams = only("datagram", "com.sun.jna..");

  @ArchTest static final ArchRule stunStandsAlone = mayUse("stun", false);
  @ArchTest static final ArchRule turnKnowsStun = mayUse("turn", true, "stun", "address");

  @ArchTest
  static final ArchRule relayJoinsTurnToTheRooms = mayUse("relay", true, "turn", "muc", "xmpp");

  @ArchTest
  static final ArchRule loadIsAClient =
      mayUse("load", true, "transport", "datagram", "srtp", "rtp", "stun");

  @ArchTest
  static final ArchRule nothingOfTheServerNeedsTheLoadTool =
      classes()
          .that(resideOutsideOfPackages("org.meetjar.load..", "org.meetjar.cli.."))
          .should(onlyDependOnClassesThat(resideOutsideOfPackages("org.meetjar.load..")));

  @ArchTest
  static final ArchRule onlyTheBridgesEdgeKnowsXmpp =
      classes()
          .that()
          .resideInAnyPackage("org.meetjar.bridge..", "org.meetjar.transport..")
          .should(
              onlyDependOnClassesThat(
                  resideOutsideOfPackages("org.meetjar.xmpp..", "org.meetjar.xml..")));

  @ArchTest static final ArchRule jettyStaysInHttp = only("http", "org.eclipse.jetty..");

  @ArchTest static final ArchRule databasesStayInTheStore = only("store", "java.sql..", "org.h2..");

  @ArchTest
  static final ArchRule authoritiesStayInTls = only("tls", "org.shredzone..", "org.jose4j..");

  @ArchTest static final ArchRule metricsStayInAdmin = only("admin", "io.prometheus..");

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
