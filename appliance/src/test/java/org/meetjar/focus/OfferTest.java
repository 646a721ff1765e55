package org.meetjar.focus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.meetjar.config.Policy;
import org.meetjar.xml.Element;

/** What clients are offered. */
class OfferTest {
  private final FocusHarness harness = new FocusHarness(Policy.OPEN);

  @Test
  void nobodyIsInvitedWhileAlone() {
    FakeClient alice = harness.join("aaaa1111");

    assertThat(alice.jingles("session-initiate")).isEmpty();
    assertThat(harness.colibri.requests).isEmpty();
  }

  @Test
  void theSecondMakesBothInvited() {
    FakeClient alice = harness.join("aaaa1111");
    FakeClient bob = harness.join("bbbb2222");

    assertThat(alice.jingles("session-initiate")).hasSize(1);
    assertThat(bob.jingles("session-initiate")).hasSize(1);
    assertThat(alice.lastOffer().attribute("sid")).isNotEqualTo(bob.lastOffer().attribute("sid"));
  }

  @Test
  void anOfferHasAllThatClientsRead() {
    harness.join("aaaa1111");
    FakeClient bob = harness.join("bbbb2222");

    Element offer = bob.lastOffer();
    assertThat(offer.attribute("initiator")).isEqualTo(FocusHarness.ROOM + "/focus");
    assertThat(offer.attribute("sid")).isNotEmpty();
    assertThat(contentNames(offer)).containsExactly("audio", "video");
    assertThat(offer.children("content", Namespaces.JINGLE))
        .allSatisfy(
            content -> {
              assertThat(content.attribute("creator")).isEqualTo("initiator");
              assertThat(content.attribute("senders")).isEqualTo("both");
            });
    Element group = offer.child("group", Namespaces.GROUPING).orElseThrow();
    assertThat(group.attribute("semantics")).isEqualTo("BUNDLE");
    assertThat(group.children("content", Namespaces.GROUPING).map(c -> c.attribute("name")))
        .containsExactly("audio", "video");
    assertThat(bob.bridgeSession()).isNotEmpty();
  }

  @Test
  void theTableOfCodecsIsOffered() {
    harness.join("aaaa1111");
    FakeClient bob = harness.join("bbbb2222");

    Element audio = description(bob.lastOffer(), "audio");
    assertThat(payloadTypes(audio)).startsWith("111 opus/48000/2");
    Element opus = audio.child("payload-type", Namespaces.RTP).orElseThrow();
    assertThat(opus.children("parameter", Namespaces.RTP).map(p -> p.attribute("name")))
        .containsExactly("minptime", "useinbandfec");
    assertThat(extensions(audio)).containsExactly("1", "5", "10");
    Element video = description(bob.lastOffer(), "video");
    assertThat(payloadTypes(video))
        .containsExactly(
            "100 VP8/90000/",
            "101 VP9/90000/",
            "107 H264/90000/",
            "41 AV1/90000/",
            "96 rtx/90000/",
            "97 rtx/90000/",
            "99 rtx/90000/",
            "42 rtx/90000/");
    assertThat(parameters(video, "rtx")).containsExactly("apt=100", "apt=101", "apt=107", "apt=41");
    assertThat(parameters(video, "H264"))
        .containsExactly(
            "profile-level-id=42e01f", "level-asymmetry-allowed=1", "packetization-mode=1");
    Element vp8 = video.child("payload-type", Namespaces.RTP).orElseThrow();
    assertThat(
            vp8.children("rtcp-fb", Namespaces.RTCP_FEEDBACK)
                .map(fb -> (fb.attribute("type") + " " + fb.attribute("subtype")).strip()))
        .containsExactly("ccm fir", "nack", "nack pli", "transport-cc");
    assertThat(extensions(video)).containsExactly("3", "5", "10", "11");
    assertThat(List.of(audio, video))
        .allSatisfy(
            description -> {
              assertThat(description.child("rtcp-mux", Namespaces.RTP)).isPresent();
              assertThat(description.child("extmap-allow-mixed", Namespaces.HEADER_EXTENSIONS))
                  .isPresent();
            });
  }

  @Test
  void theSettingsSayWhichCodecsAndInWhichOrder() {
    FocusHarness some = new FocusHarness(Policy.OPEN, "codecs { video = [av1, VP8] }");
    some.join("aaaa1111");
    Element video = description(some.join("bbbb2222").lastOffer(), "video");
    assertThat(payloadTypes(video))
        .containsExactly("41 AV1/90000/", "100 VP8/90000/", "42 rtx/90000/", "96 rtx/90000/");

    FocusHarness one = new FocusHarness(Policy.OPEN, "codecs { video = [vp8] }");
    one.join("aaaa1111");
    video = description(one.join("bbbb2222").lastOffer(), "video");
    assertThat(payloadTypes(video)).containsExactly("100 VP8/90000/", "96 rtx/90000/");
    assertThat(extensions(video)).as("no use without AV1").containsExactly("3", "5", "10");
  }

  @Test
  void redundantSoundIsOfferedToThoseWhoWantItWhereTheSettingsAllowIt() {
    FocusHarness red = new FocusHarness(Policy.OPEN, "codecs { opus-red = true }");
    red.join("aaaa1111");
    FakeClient wanting =
        new FakeClient(red, "bbbb2222", "b@meet.test/r")
            .withFeatures(Features.AUDIO, Features.OPUS_RED)
            .enter();
    Element audio = description(wanting.lastOffer(), "audio");
    assertThat(payloadTypes(audio)).startsWith("111 opus/48000/2", "112 red/48000/2");
    assertThat(parameters(audio, "red")).containsExactly("=111/111");
    assertThat(parameters(audio, "opus")).containsExactly("minptime=10");
    FakeClient other =
        new FakeClient(red, "cccc3333", "c@meet.test/r").withFeatures(Features.AUDIO).enter();
    assertThat(payloadTypes(description(other.lastOffer(), "audio")))
        .doesNotContain("112 red/48000/2");
  }

  private static List<String> parameters(Element description, String codec) {
    return description
        .children("payload-type", Namespaces.RTP)
        .filter(type -> type.attribute("name").equals(codec))
        .flatMap(type -> type.children("parameter", Namespaces.RTP))
        .map(p -> p.attribute("name") + "=" + p.attribute("value"))
        .toList();
  }

  @Test
  void everyContentHasTheBridgesTransport() {
    harness.join("aaaa1111");
    FakeClient bob = harness.join("bbbb2222");

    List<Element> transports =
        bob.lastOffer()
            .children("content", Namespaces.JINGLE)
            .map(content -> content.child("transport", Namespaces.ICE).orElseThrow())
            .toList();
    assertThat(transports).hasSize(2);
    assertThat(transports.get(0)).isEqualTo(transports.get(1));
    Element transport = transports.get(0);
    assertThat(transport.attribute("ufrag")).isEqualTo("u1");
    assertThat(transport.attribute("pwd")).isEqualTo("bridgepassword");
    assertThat(transport.child("rtcp-mux", Namespaces.ICE)).isPresent();
    Element fingerprint = transport.child("fingerprint", Namespaces.DTLS).orElseThrow();
    assertThat(fingerprint.attribute("hash")).isEqualTo("sha-256");
    assertThat(fingerprint.attribute("setup")).isEqualTo("actpass");
    assertThat(fingerprint.text()).isEqualTo("AA:BB");
    List<Element> candidates = transport.children("candidate", Namespaces.ICE).toList();
    assertThat(candidates.get(0).attributes())
        .containsEntry("component", "1")
        .containsEntry("foundation", "1")
        .containsEntry("generation", "0")
        .containsEntry("ip", "192.0.2.1")
        .containsEntry("network", "0")
        .containsEntry("port", "10000")
        .containsEntry("priority", "2130706431")
        .containsEntry("protocol", "udp")
        .containsEntry("type", "host")
        .doesNotContainKey("rel-addr");
    assertThat(candidates.get(1).attributes())
        .containsEntry("type", "srflx")
        .containsEntry("rel-addr", "192.0.2.1")
        .containsEntry("rel-port", "10000");
    assertThat(candidates.get(0).attribute("id")).isNotEqualTo(candidates.get(1).attribute("id"));
    assertThat(transport.child("web-socket", Namespaces.COLIBRI).orElseThrow().attribute("url"))
        .startsWith("wss://");
  }

  @Test
  void theBridgesSourcesComeWithTheMixedLabel() {
    harness.join("aaaa1111");
    FakeClient xml =
        new FakeClient(harness, "bbbb2222", "b@meet.test/r")
            .withFeatures(Features.AUDIO, Features.VIDEO)
            .enter();

    Element source =
        description(xml.lastOffer(), "video").child("source", Namespaces.SOURCES).orElseThrow();
    assertThat(source.attribute("name")).isEqualTo("jvb-v0");
    assertThat(source.child("parameter", Namespaces.SOURCES).orElseThrow().attribute("value"))
        .isEqualTo("mixedmslabel mixedlabelvideo0");
    assertThat(source.child("ssrc-info", Namespaces.JITSI_MEET).orElseThrow().attribute("owner"))
        .isEqualTo("jvb");
  }

  @Test
  void clientsThatListJsonGetSourcesAsJson() {
    harness.join("aaaa1111");
    FakeClient json = harness.join("bbbb2222");

    assertThat(json.lastOffer().childText("json-message", Namespaces.JITSI_MEET))
        .isEqualTo(
            "{\"sources\":{\"jvb\":[[{\"s\":2,\"n\":\"jvb-v0\","
                + "\"m\":\"mixedmslabel mixedlabelvideo0\"}],[],"
                + "[{\"s\":1,\"n\":\"jvb-a0\",\"m\":\"mixedmslabel mixedlabelaudio0\"}],[]]}}");
    assertThat(description(json.lastOffer(), "video").child("source", Namespaces.SOURCES))
        .isEmpty();
  }

  @Test
  void whatTheClientCannotDoIsNotOffered() {
    harness.join("aaaa1111");
    FakeClient bare =
        new FakeClient(harness, "bbbb2222", "b@meet.test/r")
            .withFeatures(Features.AUDIO, Features.VIDEO)
            .enter();

    Element video = description(bare.lastOffer(), "video");
    assertThat(payloadTypes(video))
        .containsExactly("100 VP8/90000/", "101 VP9/90000/", "107 H264/90000/", "41 AV1/90000/");
    assertThat(extensions(video)).containsExactly("3", "10", "11");
    assertThat(video.toXml()).doesNotContain("transport-cc");

    FakeClient old =
        new FakeClient(harness, "dddd4444", "d@meet.test/r")
            .withFeatures(Features.AUDIO, Features.VIDEO, Features.REMB)
            .enter();
    assertThat(description(old.lastOffer(), "video").toXml())
        .doesNotContain("transport-cc")
        .contains("goog-remb");
    assertThat(description(old.lastOffer(), "audio").toXml()).doesNotContain("goog-remb");

    FakeClient audioOnly =
        new FakeClient(harness, "cccc3333", "c@meet.test/r").withFeatures(Features.AUDIO).enter();
    assertThat(contentNames(audioOnly.lastOffer())).containsExactly("audio");
  }

  @Test
  void theBridgeIsToldWhatIsOffered() {
    harness.join("aaaa1111");
    harness.join("bbbb2222");

    assertThat(harness.colibri.requests.get(0).create()).isTrue();
    assertThat(harness.colibri.requests.get(0).name()).isEqualTo(FocusHarness.ROOM);
    assertThat(harness.colibri.requests.get(1).create()).isFalse();
    assertThat(harness.colibri.about("bbbb2222").get(0))
        .satisfies(
            endpoint -> {
              assertThat(endpoint.create()).isTrue();
              assertThat(endpoint.capabilities()).contains("source-names");
              assertThat(endpoint.media())
                  .extracting(media -> media.payloadTypes().get(0).name())
                  .containsExactly("opus", "VP8");
            });
  }

  @Test
  void participantsAfterTheLimitStartMuted() {
    FocusHarness limited =
        new FocusHarness(Policy.OPEN, "focus { start-audio-muted = 1, start-video-muted = 2 }");
    FakeClient alice = limited.join("aaaa1111");
    FakeClient bob = limited.join("bbbb2222");

    assertThat(alice.lastOffer().child("startmuted", Namespaces.START_MUTED)).isEmpty();
    assertThat(bob.lastOffer().child("startmuted", Namespaces.START_MUTED).orElseThrow())
        .satisfies(
            muted -> {
              assertThat(muted.attribute("audio")).isEqualTo("true");
              assertThat(muted.attribute("video")).isEqualTo("false");
            });
  }

  private static List<String> contentNames(Element offer) {
    return offer
        .children("content", Namespaces.JINGLE)
        .map(content -> content.attribute("name"))
        .toList();
  }

  private static Element description(Element offer, String media) {
    return offer
        .children("content", Namespaces.JINGLE)
        .filter(content -> content.attribute("name").equals(media))
        .map(content -> content.child("description", Namespaces.RTP).orElseThrow())
        .findFirst()
        .orElseThrow();
  }

  private static List<String> payloadTypes(Element description) {
    return description
        .children("payload-type", Namespaces.RTP)
        .map(
            type ->
                type.attribute("id")
                    + " "
                    + type.attribute("name")
                    + "/"
                    + type.attribute("clockrate")
                    + "/"
                    + type.attribute("channels"))
        .toList();
  }

  private static List<String> extensions(Element description) {
    return description
        .children("rtp-hdrext", Namespaces.HEADER_EXTENSIONS)
        .map(extension -> extension.attribute("id"))
        .toList();
  }
}
