package org.meetjar.focus;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.meetjar.colibri.EndpointModify;
import org.meetjar.colibri.MediaKind;
import org.meetjar.colibri.MediaSource;
import org.meetjar.colibri.TransportDescription;
import org.meetjar.config.Policy;
import org.meetjar.xml.Element;

/** How sources get from their owner to the bridge and to everybody else. */
class SourcesTest {
  private static final String SCREEN = FakeClient.source(150, "aaaa1111-v1", "s s1");

  private final FocusHarness harness = new FocusHarness(Policy.OPEN);
  private final FakeClient alice = harness.join("aaaa1111");
  private final FakeClient bob = harness.join("bbbb2222");

  @Test
  void acceptingIsAnsweredAndTellsTheBridge() {
    Element answer = alice.accept(100);

    assertThat(answer.attribute("type")).isEqualTo("result");
    List<EndpointModify> about = harness.colibri.about("aaaa1111");
    EndpointModify update = about.get(about.size() - 1);
    assertThat(update.create()).isFalse();
    TransportDescription transport = update.transport().orElseThrow();
    assertThat(transport.ufrag()).isEqualTo("cu");
    assertThat(transport.password()).isEqualTo("cp");
    assertThat(transport.fingerprints())
        .containsExactly(new TransportDescription.Fingerprint("sha-256", "CC:DD", "active"));
    assertThat(update.initialLastN()).hasValue(4);
    assertThat(update.sources().orElseThrow())
        .containsExactly(
            new MediaSource(
                "aaaa1111-a0",
                MediaKind.AUDIO,
                MediaSource.VideoType.NONE,
                List.of(100L),
                List.of()),
            new MediaSource(
                "aaaa1111-v0",
                MediaKind.VIDEO,
                MediaSource.VideoType.CAMERA,
                List.of(101L, 102L, 103L, 104L, 105L, 106L),
                List.of(
                    new MediaSource.SsrcGroup("SIM", List.of(101L, 102L, 103L)),
                    new MediaSource.SsrcGroup("FID", List.of(101L, 104L)),
                    new MediaSource.SsrcGroup("FID", List.of(102L, 105L)),
                    new MediaSource.SsrcGroup("FID", List.of(103L, 106L)))));
  }

  @Test
  void theOthersHearOfOneLayerOnly() {
    bob.accept(200);
    alice.accept(100);

    assertThat(json(bob.jingles("source-add").get(0)))
        .isEqualTo(
            "{\"sources\":{\"aaaa1111\":["
                + "[{\"s\":101,\"n\":\"aaaa1111-v0\",\"m\":\"aaaa1111-video v100\"},"
                + "{\"s\":104,\"n\":\"aaaa1111-v0\",\"m\":\"aaaa1111-video v100\"}],"
                + "[[\"f\",101,104]],"
                + "[{\"s\":100,\"n\":\"aaaa1111-a0\",\"m\":\"aaaa1111-audio a100\"}],[]]}}");
  }

  @Test
  void theOwnerDoesNotHearOfItsOwn() {
    alice.accept(100);
    bob.accept(200);

    assertThat(alice.jingles("source-add")).hasSize(1);
    assertThat(json(alice.jingles("source-add").get(0))).contains("bbbb2222");
    assertThat(json(alice.jingles("source-add").get(0))).doesNotContain("\"aaaa1111\"");
  }

  @Test
  void whoHasNotAcceptedYetHearsOfItAfterwards() {
    alice.accept(100);
    assertThat(bob.jingles("source-add")).isEmpty();

    bob.accept(200);
    assertThat(bob.jingles("source-add")).hasSize(1);
  }

  @Test
  void aNewcomersOfferHasAllSources() {
    alice.accept(100);
    bob.accept(200);
    FakeClient carol = harness.join("cccc3333");

    assertThat(json(carol.lastOffer()))
        .contains("\"jvb\"", "\"aaaa1111\"", "\"s\":101", "\"bbbb2222\"", "\"s\":201")
        .doesNotContain("\"s\":102");
    carol.accept(300);
    assertThat(carol.jingles("source-add")).isEmpty();
    assertThat(json(alice.jingles("source-add").get(1))).contains("\"cccc3333\"");
  }

  @Test
  void clientsWithoutJsonGetElements() {
    FakeClient carol =
        new FakeClient(harness, "cccc3333", "c@meet.test/r")
            .withFeatures(Features.AUDIO, Features.VIDEO)
            .enter();
    carol.accept(300);
    alice.accept(100);

    Element add = carol.jingles("source-add").get(0);
    assertThat(add.child("json-message", Namespaces.JITSI_MEET)).isEmpty();
    List<Element> contents = add.children("content", Namespaces.JINGLE).toList();
    assertThat(contents)
        .extracting(content -> content.attribute("name"))
        .containsExactly("audio", "video");
    Element video = contents.get(1).child("description", Namespaces.RTP).orElseThrow();
    assertThat(video.attribute("media")).isEqualTo("video");
    assertThat(video.children("source", Namespaces.SOURCES).map(s -> s.attribute("ssrc")))
        .containsExactly("101", "104");
    assertThat(video.children("source", Namespaces.SOURCES))
        .allSatisfy(
            source -> {
              assertThat(source.attribute("name")).isEqualTo("aaaa1111-v0");
              assertThat(
                      source
                          .child("ssrc-info", Namespaces.JITSI_MEET)
                          .orElseThrow()
                          .attribute("owner"))
                  .isEqualTo("aaaa1111");
            });
    Element group = video.child("ssrc-group", Namespaces.SOURCES).orElseThrow();
    assertThat(group.attribute("semantics")).isEqualTo("FID");
    assertThat(group.children("source", Namespaces.SOURCES).map(s -> s.attribute("ssrc")))
        .containsExactly("101", "104");
  }

  @Test
  void aScreenIsAddedAndTakenAway() {
    alice.accept(100);
    bob.accept(200);
    String screen =
        "<source xmlns='"
            + Namespaces.SOURCES
            + "' ssrc='150' name='aaaa1111-v1'"
            + " videoType='desktop'><parameter name='msid' value='s s1'/></source>";

    assertThat(
            alice.jingle("source-add", FakeClient.content("video", screen, "")).attribute("type"))
        .isEqualTo("result");
    assertThat(json(last(bob.jingles("source-add"))))
        .contains("\"s\":150,\"n\":\"aaaa1111-v1\",\"m\":\"s s1\",\"v\":\"d\"");
    assertThat(lastSources("aaaa1111"))
        .extracting(MediaSource::name)
        .containsExactly("aaaa1111-a0", "aaaa1111-v0", "aaaa1111-v1");
    assertThat(lastSources("aaaa1111").get(2).videoType()).isEqualTo(MediaSource.VideoType.DESKTOP);

    assertThat(
            alice
                .jingle("source-remove", FakeClient.content("video", screen, ""))
                .attribute("type"))
        .isEqualTo("result");
    assertThat(json(bob.jingles("source-remove").get(0)))
        .isEqualTo(
            "{\"sources\":{\"aaaa1111\":[[{\"s\":150,\"n\":\"aaaa1111-v1\",\"m\":\"s s1\","
                + "\"v\":\"d\"}],[],[],[]]}}");
    assertThat(lastSources("aaaa1111")).hasSize(2);
  }

  @Test
  void removingTheCameraRemovesItsGroups() {
    alice.accept(100);
    bob.accept(200);

    alice.jingle("source-remove", FakeClient.content("video", alice.camera(100), ""));

    assertThat(json(bob.jingles("source-remove").get(0))).contains("[[\"f\",101,104]]");
    assertThat(lastSources("aaaa1111"))
        .extracting(MediaSource::name)
        .containsExactly("aaaa1111-a0");
  }

  @Test
  void whoeverLeavesTakesItsSourcesAlong() {
    alice.accept(100);
    bob.accept(200);
    alice.leave();

    assertThat(json(bob.jingles("source-remove").get(0)))
        .contains("\"aaaa1111\"", "\"s\":100", "\"s\":101", "\"s\":104");
    assertThat(harness.colibri.about("aaaa1111"))
        .last()
        .satisfies(endpoint -> assertThat(endpoint.expire()).isTrue());
  }

  @Test
  void inLargerConferencesChangesAreToldTogether() {
    alice.accept(100);
    bob.accept(200);
    FakeClient[] more = new FakeClient[4];
    for (int i = 0; i < more.length; i++) {
      more[i] = harness.join("dddd000" + i);
    }
    alice.requests.clear();

    for (int i = 0; i < more.length; i++) {
      more[i].accept(1000 + 100 * i);
    }
    assertThat(alice.jingles("source-add")).isEmpty();
    harness.advance(Duration.ofMillis(100));
    assertThat(alice.jingles("source-add")).hasSize(1);
    assertThat(json(alice.jingles("source-add").get(0)))
        .contains("dddd0000", "dddd0001", "dddd0002", "dddd0003");
  }

  /** So many that changes are collected before they are told. */
  private void aliceSharesHerScreenAmongSix() {
    alice.accept(100);
    bob.accept(200);
    for (int i = 0; i < 4; i++) {
      harness.join("dddd000" + i);
    }
    bob.requests.clear();
    alice.jingle("source-add", FakeClient.content("video", SCREEN, ""));
  }

  @Test
  void whatCameAndWentInBetweenIsNeverMentioned() {
    aliceSharesHerScreenAmongSix();
    alice.jingle("source-remove", FakeClient.content("video", SCREEN, ""));
    harness.advance(Duration.ofSeconds(1));

    assertThat(bob.requests).isEmpty();
  }

  @Test
  void removalsComeBeforeAdditions() {
    aliceSharesHerScreenAmongSix();
    alice.jingle("source-remove", FakeClient.content("audio", alice.microphone(100), ""));
    harness.advance(Duration.ofSeconds(1));

    assertThat(bob.requests)
        .extracting(iq -> iq.firstChild().orElseThrow().attribute("action"))
        .containsExactly("source-remove", "source-add");
  }

  private List<MediaSource> lastSources(String endpoint) {
    List<EndpointModify> about = harness.colibri.about(endpoint);
    return about.get(about.size() - 1).sources().orElseThrow();
  }

  private static Element last(List<Element> elements) {
    return elements.get(elements.size() - 1);
  }

  private static String json(Element jingle) {
    return jingle.childText("json-message", Namespaces.JITSI_MEET);
  }
}
