package org.meetjar.doctor;

/**
 * A port of the appliance.
 *
 * @param udp or TCP
 * @param use what for, in words
 * @param setting how it is chosen
 * @param needed whether nothing works without
 */
record ListeningPort(int number, boolean udp, String use, String setting, boolean needed) {
  @Override
  public String toString() {
    return number + "/" + (udp ? "udp" : "tcp");
  }
}
