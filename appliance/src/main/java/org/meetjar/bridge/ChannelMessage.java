package org.meetjar.bridge;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** What a client says on its bridge channel, checked. */
sealed interface ChannelMessage {
  /** Older clients greet; the answer is {@code ServerHello}. */
  record Hello() implements ChannelMessage {}

  record VideoConstraints(ReceiverConstraints.Change change) implements ChannelMessage {}

  record LastN(int lastN) implements ChannelMessage {}

  record AudioWishes(AudioSubscription subscription) implements ChannelMessage {}

  /**
   * A video source shows something else.
   *
   * @param source a source's name, or empty: the endpoint's first video source
   */
  record VideoType(String source, Source.VideoKind kind) implements ChannelMessage {}

  /**
   * To be passed on.
   *
   * @param to an endpoint's id, or empty for all others
   * @param whole the message, in which {@code from} is ours to write
   */
  record ForEndpoints(String to, ObjectNode whole) implements ChannelMessage {}

  /**
   * How the client's connection does, for the others.
   *
   * @param whole the message, in which {@code from} is ours to write
   */
  record Statistics(ObjectNode whole) implements ChannelMessage {}

  /** Well formed, but nothing that concerns us. */
  record Ignored(String colibriClass) implements ChannelMessage {}

  /**
   * Not to be acted upon.
   *
   * @param why for the log; holds nothing of the peer's
   */
  record Refused(String why) implements ChannelMessage {}
}
