package org.meetjar.stun;

import java.util.List;
import org.meetjar.fuzz.Target;

/** STUN messages: whatever attributes they have are asked for. */
public final class StunFuzz implements Target {
  private final StunMessage message = new StunMessage();
  private final Integrity sha1 = Integrity.shortTerm("password");
  private final Integrity sha256 = Integrity.sha256(new byte[] {1, 2, 3});

  @Override
  public void read(byte[] bytes) {
    StunMessage.looksLikeStun(bytes, 0, bytes.length);
    if (!message.read(bytes, 0, bytes.length)) {
      return;
    }
    if (message.length() > bytes.length) {
      throw new AssertionError("longer than what came");
    }
    message.method();
    message.messageClass();
    message.errorCode();
    message.holds(sha1);
    message.holds(sha256);
    message.unknown(type -> type < 0x20);
    for (int at = 20; at + 4 <= message.length(); at += 4) {
      int type = StunMessage.readShort(bytes, at);
      message.bytes(type);
      message.text(type);
      message.number(type);
      message.int64(type);
      message.address(type);
      message.addresses(type);
    }
  }

  @Override
  public List<byte[]> seeds() {
    return StunMessageTest.vectors();
  }
}
