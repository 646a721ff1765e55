package org.meetjar.turn;

import java.nio.ByteBuffer;
import org.meetjar.stun.Attribute;
import org.meetjar.stun.Integrity;
import org.meetjar.stun.MessageClass;
import org.meetjar.stun.StunMessage;
import org.meetjar.stun.StunWriter;

/** How requests are answered: the one place where a failure becomes a code. */
final class Answers {
  private Answers() {}

  static StunWriter success(Authentic request) {
    return new StunWriter().answer(request.message(), MessageClass.SUCCESS);
  }

  static StunWriter refusal(StunMessage message, int code, String reason) {
    return new StunWriter().answer(message, MessageClass.ERROR).addError(code, reason);
  }

  static void refuse(Authentic request, int code, String reason) {
    send(request, refusal(request.message(), code, reason));
  }

  static void forbidden(Authentic request) {
    refuse(request, 403, "Forbidden");
  }

  static void malformed(Authentic request) {
    refuse(request, 400, "Bad Request");
  }

  static void otherFamily(Authentic request) {
    refuse(request, 443, "Peer Address Family Mismatch");
  }

  static void full(Authentic request) {
    refuse(request, 508, "Insufficient Capacity");
  }

  /** Sends with the integrity that the request had. */
  static void send(Authentic request, StunWriter writer) {
    boolean sha256 = request.message().has(Attribute.MESSAGE_INTEGRITY_SHA256);
    writer.add(sha256 ? Integrity.sha256(request.key()) : Integrity.sha1(request.key()));
    send(request.path(), writer);
  }

  static void send(ClientPath path, StunWriter writer) {
    path.send(ByteBuffer.wrap(writer.addFingerprint().toBytes()));
  }
}
