package org.meetjar.doctor;

import java.util.List;

/** Whether this Java is one that the appliance runs on. */
record JavaCheck(int feature, String version) implements Check {
  private static final int NEEDED = 17;

  @Override
  public String name() {
    return "java";
  }

  @Override
  public List<Finding> run() {
    return feature < NEEDED
        ? List.of(
            failure(
                "Java " + version + " is too old",
                "install Java " + NEEDED + " or newer, such as openjdk-17-jre-headless"))
        : List.of(ok("Java " + version));
  }
}
