package org.meetjar.turn;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.ThreadLocalRandom;
import org.meetjar.stun.Attribute;
import org.meetjar.stun.MessageClass;
import org.meetjar.stun.Method;
import org.meetjar.stun.StunWriter;

/** What a client without a channel gets from its peer (RFC 8656 section 11.3). */
final class DataIndication {
  private DataIndication() {}

  static ByteBuffer of(ByteBuffer data, InetSocketAddress peer) {
    byte[] transaction = new byte[12];
    ThreadLocalRandom.current().nextBytes(transaction);
    byte[] body = new byte[data.remaining()];
    data.get(body);
    return ByteBuffer.wrap(
        new StunWriter(Method.DATA, MessageClass.INDICATION, transaction)
            .add(Attribute.XOR_PEER_ADDRESS, peer)
            .add(Attribute.DATA, body)
            .toBytes());
  }
}
