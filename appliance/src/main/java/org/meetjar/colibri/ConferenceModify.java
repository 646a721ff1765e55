package org.meetjar.colibri;

import java.util.List;

/**
 * Creates, changes or ends a conference on a bridge.
 *
 * @param meetingId names the conference on the bridge
 * @param name the room's JID, for logs
 */
public record ConferenceModify(
    String meetingId, String name, boolean create, boolean expire, List<EndpointModify> endpoints) {
  public ConferenceModify {
    endpoints = List.copyOf(endpoints);
  }
}
