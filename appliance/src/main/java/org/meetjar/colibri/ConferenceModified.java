package org.meetjar.colibri;

import java.util.List;
import java.util.Map;

/**
 * The bridge did what was asked.
 *
 * @param transports by endpoint id, the bridge's side of each endpoint that was created
 * @param bridgeSources the bridge's own sources ({@code jvb-a0}, {@code jvb-v0}) when the
 *     conference was created
 */
public record ConferenceModified(
    Map<String, TransportDescription> transports, List<MediaSource> bridgeSources)
    implements ColibriReply {
  public ConferenceModified {
    transports = Map.copyOf(transports);
    bridgeSources = List.copyOf(bridgeSources);
  }
}
