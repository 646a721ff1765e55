package org.meetjar.fuzz;

import java.util.List;

/** All of them, by class. */
final class Targets {
  static final List<String> NAMES =
      List.of(
          "org.meetjar.stun.StunFuzz",
          "org.meetjar.turn.StreamFuzz",
          "org.meetjar.transport.FirstLookFuzz",
          "org.meetjar.srtp.SrtpFuzz",
          "org.meetjar.rtp.RtpFuzz",
          "org.meetjar.rtp.RtcpFuzz",
          "org.meetjar.bridge.ChannelMessageFuzz",
          "org.meetjar.xml.XmlFuzz",
          "org.meetjar.focus.JingleFuzz");

  private Targets() {}

  static Target make(String name) {
    try {
      return (Target) Class.forName(name).getDeclaredConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException("no such target: " + name, e);
    }
  }
}
