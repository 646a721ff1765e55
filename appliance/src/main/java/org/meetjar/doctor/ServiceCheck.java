package org.meetjar.doctor;

import java.util.List;

/**
 * Whether the appliance runs, in the version of this jar.
 *
 * @param readable whether we would see it if it did
 */
record ServiceCheck(RunningAppliance running, String version, boolean readable) implements Check {
  @Override
  public String name() {
    return "appliance";
  }

  @Override
  public List<Finding> run() {
    if (!running.runs()) {
      return List.of(
          readable
              ? note("no appliance runs on this data folder", "")
              : note("the data folder may not be read by this user", "look again as root"));
    }
    String theirs = running.status().getOrDefault("version", "");
    String text =
        "the appliance runs (process " + running.status().get("pid") + ", " + theirs + ")";
    return List.of(
        theirs.equals(version)
            ? ok(text)
            : note(text + ", and this jar is " + version, "restart it to have this version run"));
  }
}
