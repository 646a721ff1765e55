package org.meetjar.bridge;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.meetjar.fuzz.Target;

/** What clients say on bridge channels. */
public final class ChannelMessageFuzz implements Target {
  private final ChannelMessageReader reader = new ChannelMessageReader(4096);

  @Override
  public void read(byte[] bytes) {
    reader.read(new String(bytes, StandardCharsets.UTF_8));
  }

  @Override
  public List<byte[]> seeds() {
    return Stream.of(
            """
            {"colibriClass":"ReceiverVideoConstraints","lastN":3,"selectedSources":["a-v0"],
             "onStageSources":["b-v0"],"defaultConstraints":{"maxHeight":180},
             "constraints":{"b-v0":{"maxHeight":720,"maxFrameRate":30}},
             "assumedBandwidthBps":5000000}""",
            "{\"colibriClass\":\"LastNChangedEvent\",\"lastN\":-1}",
            """
            {"colibriClass":"ReceiverAudioSubscription","mode":"Include","list":["a-a0"]}""",
            """
            {"colibriClass":"SourceVideoTypeMessage","sourceName":"a-v1","videoType":"desktop"}""",
            """
            {"colibriClass":"EndpointMessage","to":"b","msgPayload":{"type":"e2ee","x":[1,{}]}}""",
            "{\"colibriClass\":\"EndpointStats\",\"bitrate\":{\"upload\":1}}")
        .map(text -> text.getBytes(StandardCharsets.UTF_8))
        .toList();
  }
}
