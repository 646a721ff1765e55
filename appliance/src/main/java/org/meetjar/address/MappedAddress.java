package org.meetjar.address;

import java.net.InetAddress;

/**
 * An address under which the Internet reaches this machine, which does not have it itself.
 *
 * @param source who told it
 */
public record MappedAddress(InetAddress address, String source) {}
