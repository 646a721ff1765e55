package org.meetjar.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.meetjar.colibri.EndpointModify;
import org.meetjar.config.StreamSettings;

/** Where many meet, a change is decided for those whom it concerns, and for all before long. */
class LargeConferenceTest {
  private static final int PEOPLE = 40;
  private static final String ALL =
      "{'colibriClass':'ReceiverVideoConstraints','lastN':-1,'defaultConstraints':{'maxHeight':180}}";

  private final TestBridge bridge = new TestBridge(new StreamSettings(3, 3, 50));
  private final List<Client> people = new ArrayList<>();

  @BeforeEach
  void everybodyIsThere() {
    for (int i = 0; i < PEOPLE; i++) {
      String id = "p" + i;
      people.add(
          bridge.joinRewriting(
              id, TestBridge.audio(id, 10_000L + i), TestBridge.camera(id, 1_000_000L + 100L * i)));
      bridge.modify(TestBridge.withoutTransportCc(id));
      people.get(i).say(ALL);
    }
    bridge.loop.advance(Duration.ofSeconds(1));
  }

  private static int shown(Client client) {
    return client.channel.last("ForwardedSources").path("forwardedSources").size();
  }

  private int told() {
    return people.stream().mapToInt(client -> client.channel.received.size()).sum();
  }

  @Test
  void oneWishIsFollowedAtOnceAndConcernsNobodyElse() {
    assertThat(people).allSatisfy(client -> assertThat(shown(client)).isEqualTo(PEOPLE - 1));
    int before = told();

    people.get(5).say(ALL.replace("-1", "4"));

    assertThat(shown(people.get(5))).isEqualTo(4);
    assertThat(told() - before).isEqualTo(1);
  }

  @Test
  void whoeverLeavesIsShownToNobodyAMomentLater() {
    bridge.modify(EndpointModify.expire("p7"));
    people.remove(7);
    bridge.loop.advance(Duration.ofMillis(50));

    assertThat(people).allSatisfy(client -> assertThat(shown(client)).isEqualTo(PEOPLE - 2));
  }

  @Test
  void threeAreHeardAndEverybodyHasStreamsForNoMore() {
    for (int packet = 0; packet < 100; packet++) {
      int timestamp = packet * 960;
      people.forEach(client -> client.transport.rtp.clear());
      for (int i = 0; i < PEOPLE; i++) {
        people.get(i).audio(10_000 + i, i >= 20 && i < 23 ? 100 : 30, timestamp);
      }
      bridge.loop.advance(Duration.ofMillis(20));
    }

    assertThat(people.get(30).transport.rtp).hasSize(3);
    assertThat(people.get(21).transport.rtp).hasSize(2);
    JsonNode last = people.get(30).channel.last("AudioSourcesMap").path("mappedSources");
    assertThat(last.findValuesAsText("owner")).isSubsetOf("p20", "p21", "p22");
  }
}
