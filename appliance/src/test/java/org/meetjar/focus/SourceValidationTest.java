package org.meetjar.focus;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.meetjar.config.Policy;
import org.meetjar.xml.Element;

/** Sources that are refused leave everything as it was. */
class SourceValidationTest {
  private final FocusHarness harness = new FocusHarness(Policy.OPEN);
  private final FakeClient alice = harness.join("aaaa1111");
  private final FakeClient bob = harness.join("bbbb2222");

  @BeforeEach
  void bothAccept() {
    alice.accept(100);
    bob.accept(200);
    bob.requests.clear();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "4294967296", "x", "99999999999999999999"})
  void anSsrcIsAnUnsignedNumberOf32Bits(String ssrc) {
    refused("<source xmlns='" + Namespaces.SOURCES + "' ssrc='" + ssrc + "' name='aaaa1111-v1'/>");
  }

  @Test
  void anSsrcOfSomebodyElseIsRefused() {
    refused(FakeClient.source(201, "aaaa1111-v1", "x y"));
  }

  @Test
  void anSsrcOfTheBridgeIsRefused() {
    refused(FakeClient.source(2, "aaaa1111-v1", "x y"));
  }

  @Test
  void anSsrcOfOnesOwnIsRefusedToo() {
    refused(FakeClient.source(101, "aaaa1111-v1", "x y"));
  }

  @Test
  void anMsidOfSomebodyElseIsRefused() {
    refused(FakeClient.source(150, "aaaa1111-v1", "bbbb2222-video v200"));
  }

  @Test
  void anMsidForTwoSourcesIsRefused() {
    refused(
        FakeClient.source(150, "aaaa1111-v1", "x y")
            + FakeClient.source(151, "aaaa1111-v2", "x y"));
  }

  @Test
  void aNameOfSomebodyElseIsRefused() {
    refused(FakeClient.source(150, "bbbb2222-v1", "x y"));
  }

  @Test
  void aMalformedNameIsRefused() {
    refused(FakeClient.source(150, "aaaa1111-v1 x", "x y"));
  }

  @Test
  void textThatWouldBreakASessionDescriptionIsRefused() {
    refused(FakeClient.source(150, "aaaa1111-v1", "x y&#13;&#10;a=evil"));
  }

  @Test
  void anFidGroupHasTwoMembers() {
    refused(
        FakeClient.source(150, "aaaa1111-v1", "x y")
            + FakeClient.source(151, "aaaa1111-v1", "x y")
            + FakeClient.source(152, "aaaa1111-v1", "x y")
            + FakeClient.group("FID", 150, 151, 152));
  }

  @Test
  void aGroupHasOnlyAnnouncedMembers() {
    refused(FakeClient.source(150, "aaaa1111-v1", "x y") + FakeClient.group("FID", 150, 999));
  }

  @Test
  void theMembersOfAGroupShareAnMsid() {
    refused(
        FakeClient.source(150, "aaaa1111-v1", "x y")
            + FakeClient.source(151, "aaaa1111-v1", "x z")
            + FakeClient.group("FID", 150, 151));
  }

  @Test
  void aGroupIsOfAKnownSort() {
    refused(
        FakeClient.source(150, "aaaa1111-v1", "x y")
            + FakeClient.source(151, "aaaa1111-v1", "x y")
            + FakeClient.group("FEC-FR", 150, 151));
  }

  @Test
  void twentySsrcsAreEnough() {
    StringBuilder sources = new StringBuilder();
    for (int i = 0; i < 14; i++) {
      sources.append(FakeClient.source(1000 + i, "aaaa1111-v" + (i + 1), "x y" + i));
    }
    refused(sources.toString());
  }

  @Test
  void removingWhatIsNotThereIsRefused() {
    Element answer =
        alice.jingle(
            "source-remove",
            FakeClient.content("video", FakeClient.source(201, "bbbb2222-v0", "x y"), ""));

    assertThat(Stanzas.condition(answer)).isEqualTo("bad-request");
    assertThat(bob.requests).isEmpty();
  }

  @Test
  void whatWasRemovedMayBeAnnouncedAgain() {
    String camera = FakeClient.content("video", alice.camera(100), "");
    alice.jingle("source-remove", camera);

    assertThat(alice.jingle("source-add", camera).attribute("type")).isEqualTo("result");
  }

  @Test
  void anAcceptWithBadSourcesEndsTheSession() {
    FakeClient carol = harness.join("cccc3333");
    Element answer = carol.accept(100);

    assertThat(Stanzas.condition(answer)).isEqualTo("bad-request");
    assertThat(harness.colibri.about("cccc3333"))
        .last()
        .satisfies(endpoint -> assertThat(endpoint.expire()).isTrue());
  }

  private void refused(String sources) {
    int requests = harness.colibri.requests.size();
    Element answer = alice.jingle("source-add", FakeClient.content("video", sources, ""));

    assertThat(answer.attribute("type")).isEqualTo("error");
    assertThat(Stanzas.condition(answer)).isEqualTo("bad-request");
    assertThat(bob.requests).isEmpty();
    assertThat(harness.colibri.requests).hasSize(requests);
  }
}
