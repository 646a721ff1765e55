package org.meetjar.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.meetjar.bridge.TestBridge.audio;
import static org.meetjar.bridge.TestBridge.camera;

import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** What clients say to the bridge and to each other. */
class BridgeChannelTest {
  private final TestBridge bridge = new TestBridge();

  @Test
  void onlyTheSecretOpensAChannel() {
    Client ann = bridge.join("ann");
    assertThat(bridge.bridge.channels().admit("bridge/meeting1/ann", TestBridge.request("guess")))
        .isEqualTo(403);
    assertThat(bridge.bridge.channels().admit("bridge/meeting1/ann", TestBridge.request("")))
        .isEqualTo(403);
    assertThat(bridge.bridge.channels().admit("bridge/meeting1/bob", TestBridge.request("")))
        .isEqualTo(404);
    assertThat(ann.channel.received.get(0).get("colibriClass").asText()).isEqualTo("ServerHello");
  }

  @Test
  void aNewChannelReplacesTheOld() {
    Client ann = bridge.join("ann");
    Client bob = bridge.join("bob");
    RecordingChannel old = ann.channel;
    ann.openChannel();
    assertThat(old.closeCode).isEqualTo(1000);
    assertThat(old.closeReason).isEqualTo("replaced");
    old.listener.onText("{\"colibriClass\":\"EndpointMessage\",\"to\":\"\",\"msgPayload\":{}}");
    old.listener.onClosed(1000, "");
    bridge.loop.turn();
    assertThat(bob.channel.all("EndpointMessage")).isEmpty();
    bob.say("{'colibriClass':'EndpointMessage','to':'ann','msgPayload':{}}");
    assertThat(ann.channel.all("EndpointMessage")).hasSize(1);
  }

  @Test
  void messagesGoToOneOrToAllOthersWithTheSenderAsWeKnowIt() {
    Client ann = bridge.join("ann");
    Client bob = bridge.join("bob");
    Client cyd = bridge.join("cyd");
    ann.say("{'colibriClass':'EndpointMessage','to':'','from':'cyd','msgPayload':{'a':[1,'x']}}");
    assertThat(ann.channel.all("EndpointMessage")).isEmpty();
    assertThat(bob.channel.last("EndpointMessage").get("from").asText()).isEqualTo("ann");
    assertThat(bob.channel.last("EndpointMessage").get("msgPayload").toString())
        .isEqualTo("{\"a\":[1,\"x\"]}");
    ann.say("{'colibriClass':'EndpointMessage','to':'cyd','msgPayload':{'to':'one'}}");
    assertThat(bob.channel.all("EndpointMessage")).hasSize(1);
    assertThat(cyd.channel.all("EndpointMessage")).hasSize(2);
    ann.say("{'colibriClass':'EndpointStats','bitrate':{'upload':5}}");
    assertThat(bob.channel.last("EndpointStats").get("from").asText()).isEqualTo("ann");
  }

  @Test
  void badMessagesAreRefusedAndHarmNobody() {
    Client ann = bridge.join("ann");
    Client bob = bridge.join("bob");
    for (String bad :
        new String[] {
          "",
          "x",
          "[]",
          "{}",
          "{'colibriClass':5}",
          "{'colibriClass':'EndpointMessage','to':'bob','to':'cyd','msgPayload':{}}",
          "{'colibriClass':'EndpointMessage','to':'bob'}",
          "{'colibriClass':'EndpointMessage','to':'bob','msgPayload':{}} {}",
          "{'colibriClass':'ReceiverVideoConstraints','lastN':'many'}",
          "{'colibriClass':'ReceiverVideoConstraints','constraints':[]}",
          "{'colibriClass':'LastNChangedEvent'}",
          "{'colibriClass':'SourceVideoTypeMessage','sourceName':'ann-v0','videoType':'x'}",
          "{'colibriClass':'EndpointMessage','to':'bob','msgPayload':" + "[".repeat(5000)
        }) {
      ann.say(bad);
    }
    assertThat(bob.channel.all("EndpointMessage")).isEmpty();
    assertThat(bridge.bridge.metrics().snapshot()).containsEntry("channel_messages_refused", 13L);
    ann.say("{'colibriClass':'EndpointMessage','to':'bob','msgPayload':{}}");
    assertThat(bob.channel.all("EndpointMessage")).hasSize(1);
  }

  @Test
  void tooLongOrTooManyMessagesEndTheChannel() {
    Client ann = bridge.join("ann");
    ann.say("{'colibriClass':'EndpointMessage','msgPayload':'" + "x".repeat(70_000) + "'}");
    assertThat(ann.channel.closeCode).isEqualTo(1009);
    ann.openChannel();
    for (int i = 0; i < 201; i++) {
      ann.channel.listener.onText("{\"colibriClass\":\"ClientHello\"}");
    }
    assertThat(ann.channel.closeCode).isEqualTo(1008);
  }

  @Test
  void whatConstraintsLeaveOutStaysAsItWas() {
    ChannelMessageReader reader = new ChannelMessageReader(10_000);
    ReceiverConstraints wishes = new ReceiverConstraints();
    assertThat(wishes.isKnown()).isFalse();
    apply(
        wishes,
        reader,
        "{'lastN':3,'onStageSources':['a-v0'],'constraints':{'a-v0':{'maxHeight':-1}}}");
    apply(wishes, reader, "{'selectedSources':['b-v0'],'assumedBandwidthBps':1000}");
    assertThat(wishes.isKnown()).isTrue();
    assertThat(wishes.maxSources()).isEqualTo(3);
    assertThat(wishes.stageRank("a-v0", "a")).isZero();
    assertThat(wishes.selectedRank("b-v0", "b")).isZero();
    assertThat(wishes.limit("a-v0", "a").height()).isEqualTo(2160);
    assertThat(wishes.limit("c-v0", "c").height()).isEqualTo(180);
    assertThat(wishes.assumedBandwidthBps()).isEqualTo(1000);
    apply(wishes, reader, "{'lastN':-1,'constraints':{},'assumedBandwidthBps':-1}");
    assertThat(wishes.maxSources()).isEqualTo(Integer.MAX_VALUE);
    assertThat(wishes.limit("a-v0", "a").height()).isEqualTo(180);
    assertThat(wishes.assumedBandwidthBps()).isEqualTo(Long.MAX_VALUE);
  }

  private static void apply(ReceiverConstraints wishes, ChannelMessageReader reader, String json) {
    String text = "{'colibriClass':'ReceiverVideoConstraints'," + json.substring(1);
    ChannelMessage message = reader.read(text.replace('\'', '"'));
    wishes.apply(((ChannelMessage.VideoConstraints) message).change());
  }

  @Test
  void statisticsOfTheConnectionComeEveryTenSeconds() {
    Client ann = bridge.join("ann");
    ann.transport.lastActivityNanos = bridge.loop.nanoTime() + Duration.ofMinutes(1).toNanos();
    bridge.loop.advance(Duration.ofSeconds(31));
    assertThat(ann.channel.all("ConnectionStats")).hasSize(3);
    assertThat(ann.channel.last("ConnectionStats").get("estimatedDownlinkBandwidth").isNumber())
        .isTrue();
  }

  @Test
  void aNewChannelHearsWhatIsWantedOfItsSources() {
    Client ann = bridge.join("ann", audio("ann", 1), camera("ann", 100));
    Client bob = bridge.join("bob");
    bob.say("{'colibriClass':'ReceiverVideoConstraints','defaultConstraints':{'maxHeight':360}}");
    assertThat(ann.openChannel().last("SenderSourceConstraints").toString())
        .contains("\"sourceName\":\"ann-v0\"")
        .contains("\"maxHeight\":360");
  }

  @Property(tries = 1000)
  void anythingGetsAVerdict(@ForAll String text) {
    ChannelMessageReader reader = new ChannelMessageReader(10_000);
    assertThat(reader.read(text)).isInstanceOf(ChannelMessage.Refused.class);
    String wrapped = "{\"colibriClass\":\"ReceiverVideoConstraints\",\"lastN\":" + text + "}";
    assertThat(reader.read(wrapped)).isNotNull();
  }
}
