package org.meetjar.colibri;

import java.util.function.Consumer;

/** A bridge, as a focus sees it. */
public interface Colibri {
  /**
   * Applies a request and answers exactly once. May be called from any thread; requests for one
   * conference are applied in the order of the calls. The answer comes on a thread of the bridge's:
   * the caller hops to its own loop.
   */
  void modify(ConferenceModify request, Consumer<ColibriReply> answer);
}
