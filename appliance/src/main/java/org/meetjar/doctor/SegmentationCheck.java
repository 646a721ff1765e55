package org.meetjar.doctor;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.meetjar.machine.Machine;

/** Whether the kernel can send several packets in one call: UDP_SEGMENT came with 4.18. */
record SegmentationCheck(Machine machine) implements Check {
  private static final Pattern RELEASE = Pattern.compile("^(\\d{1,3})\\.(\\d{1,4})");
  private static final int MAJOR = 4;
  private static final int MINOR = 18;

  @Override
  public String name() {
    return "udp-segment";
  }

  @Override
  public List<Finding> run() {
    Optional<Matcher> release =
        machine
            .text("/proc/sys/kernel/osrelease")
            .map(String::strip)
            .map(RELEASE::matcher)
            .filter(Matcher::find);
    if (release.isEmpty()) {
      return List.of(note("this is no Linux, or hides its version: packets go one by one", ""));
    }
    int major = Integer.parseInt(release.get().group(1));
    int minor = Integer.parseInt(release.get().group(2));
    boolean new_ = major > MAJOR || (major == MAJOR && minor >= MINOR);
    String kernel = "kernel " + major + "." + minor;
    return List.of(
        new_
            ? ok(kernel + " knows UDP_SEGMENT")
            : warning(
                kernel + " does not know UDP_SEGMENT: sending costs two and a half times as much",
                "use a kernel from 4.18 on"));
  }
}
