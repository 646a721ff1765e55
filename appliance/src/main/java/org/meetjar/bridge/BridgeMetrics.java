package org.meetjar.bridge;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** What the bridge has counted since it started. May be used by any thread. */
public final class BridgeMetrics {
  final LongAdder packetsIn = new LongAdder();
  final LongAdder bytesIn = new LongAdder();
  final LongAdder packetsOut = new LongAdder();
  final LongAdder bytesOut = new LongAdder();
  final LongAdder packetsMalformed = new LongAdder();
  final LongAdder packetsUnsignalled = new LongAdder();
  final LongAdder packetsForceMuted = new LongAdder();
  final LongAdder packetsPaced = new LongAdder();
  final LongAdder packetsProbing = new LongAdder();
  final LongAdder packetsRecovered = new LongAdder();
  final LongAdder rtcpMalformed = new LongAdder();
  final LongAdder nacksReceived = new LongAdder();
  final LongAdder nacksAnswered = new LongAdder();
  final LongAdder nacksSent = new LongAdder();
  final LongAdder nacksAbandoned = new LongAdder();
  final LongAdder keyFramesRequested = new LongAdder();
  final LongAdder encodingSwitches = new LongAdder();
  final LongAdder channelMessagesRefused = new LongAdder();
  final LongAdder conferencesCreated = new LongAdder();
  final LongAdder endpointsCreated = new LongAdder();
  final LongAdder endpointsExpired = new LongAdder();
  final LongAdder endpointsRefused = new LongAdder();

  /** Counters by name, in the form {@code packets_in}. */
  public Map<String, Long> snapshot() {
    Map<String, Long> all = new LinkedHashMap<>();
    all.put("packets_in", packetsIn.sum());
    all.put("bytes_in", bytesIn.sum());
    all.put("packets_out", packetsOut.sum());
    all.put("bytes_out", bytesOut.sum());
    all.put("packets_malformed", packetsMalformed.sum());
    all.put("packets_unsignalled", packetsUnsignalled.sum());
    all.put("packets_force_muted", packetsForceMuted.sum());
    all.put("packets_paced", packetsPaced.sum());
    all.put("packets_probing", packetsProbing.sum());
    all.put("packets_recovered", packetsRecovered.sum());
    all.put("rtcp_malformed", rtcpMalformed.sum());
    all.put("nacks_received", nacksReceived.sum());
    all.put("nacks_answered", nacksAnswered.sum());
    all.put("nacks_sent", nacksSent.sum());
    all.put("nacks_abandoned", nacksAbandoned.sum());
    all.put("key_frames_requested", keyFramesRequested.sum());
    all.put("encoding_switches", encodingSwitches.sum());
    all.put("channel_messages_refused", channelMessagesRefused.sum());
    all.put("conferences_created", conferencesCreated.sum());
    all.put("endpoints_created", endpointsCreated.sum());
    all.put("endpoints_expired", endpointsExpired.sum());
    all.put("endpoints_refused", endpointsRefused.sum());
    return all;
  }
}
