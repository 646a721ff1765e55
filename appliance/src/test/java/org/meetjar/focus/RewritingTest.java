package org.meetjar.focus;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.meetjar.colibri.EndpointModify;
import org.meetjar.config.Policy;
import org.meetjar.xml.Element;

/**
 * Clients that let the bridge rewrite SSRCs hear of the sources of others from the bridge alone.
 */
class RewritingTest {
  private static final String[] FEATURES = {
    Features.AUDIO,
    Features.VIDEO,
    Features.RTX,
    Features.TRANSPORT_CC,
    Features.JSON_SOURCES,
    Features.SSRC_REWRITING
  };

  private final FocusHarness harness = new FocusHarness(Policy.OPEN);
  private final FakeClient alice = harness.join("aaaa1111");
  private final FakeClient bob = join("bbbb2222");

  private FakeClient join(String nick) {
    return join(harness, nick);
  }

  private static FakeClient join(FocusHarness harness, String nick) {
    FakeClient client =
        new FakeClient(harness, nick, nick + "-0000@meet.test/r").withFeatures(FEATURES);
    harness.request(client.jid, "machine-uid='m'");
    return client.enter();
  }

  private static String json(Element jingle) {
    return jingle.child("json-message", Namespaces.JITSI_MEET).orElseThrow().text();
  }

  @Test
  void theBridgeIsToldWhoCan() {
    assertThat(harness.colibri.about("bbbb2222").get(0).capabilities())
        .containsExactlyInAnyOrder("source-names", EndpointModify.SSRC_REWRITING);
    assertThat(harness.colibri.about("aaaa1111").get(0).capabilities())
        .containsExactly("source-names");
  }

  @Test
  void theirOfferHasTheBridgesOwnSourcesAlone() {
    alice.accept(100);
    bob.accept(200);
    FakeClient carol = join("cccc3333");

    assertThat(json(carol.lastOffer())).contains("\"jvb\"").doesNotContain("aaaa1111", "bbbb2222");
  }

  @Test
  void theyAreToldOfNobodysComingAndGoing() {
    alice.accept(100);
    bob.accept(200);
    FakeClient carol = join("cccc3333");
    carol.accept(300);
    alice.leave();

    assertThat(bob.jingles("source-add")).isEmpty();
    assertThat(bob.jingles("source-remove")).isEmpty();
    assertThat(carol.jingles("source-add")).isEmpty();
    assertThat(carol.jingles("source-remove")).isEmpty();
  }

  @Test
  void theOthersAreToldOfTheirsAsBefore() {
    alice.accept(100);
    bob.accept(200);
    assertThat(json(alice.jingles("source-add").get(0))).contains("\"bbbb2222\"", "\"s\":201");

    bob.leave();
    assertThat(alice.jingles("source-remove")).hasSize(1);
  }

  @Test
  void aServerThatDoesNotWantItTreatsThemLikeTheOthers() {
    FocusHarness plain = new FocusHarness(Policy.OPEN, "focus.ssrc-rewriting = false");
    FakeClient first = join(plain, "aaaa1111");
    FakeClient second = join(plain, "bbbb2222");
    first.accept(100);
    second.accept(200);

    assertThat(plain.colibri.about("bbbb2222").get(0).capabilities())
        .containsExactly("source-names");
    assertThat(second.jingles("source-add").size() + json(second.lastOffer()).length())
        .isPositive();
    assertThat(first.jingles("source-add")).hasSize(1);
  }
}
