package org.meetjar.focus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.meetjar.colibri.HeaderExtension;
import org.meetjar.colibri.MediaDescription;
import org.meetjar.colibri.PayloadType;
import org.meetjar.config.Settings;
import org.meetjar.xml.Element;

/** What an answer leaves of the offer. */
class AcceptedMediaTest {
  private final List<MediaDescription> offered =
      Codecs.offer(Settings.from(Settings.defaults().resolve()).focus().codecs(), Features.DEFAULT);

  private static Element answer(String audio, String video) {
    return TestXml.of(
        "<jingle xmlns='urn:xmpp:jingle:1' action='session-accept'>"
            + "<content name='audio'><description xmlns='urn:xmpp:jingle:apps:rtp:1' media='audio'>"
            + audio
            + "</description></content>"
            + "<content name='video'><description xmlns='urn:xmpp:jingle:apps:rtp:1' media='video'>"
            + video
            + "</description></content></jingle>");
  }

  @Test
  void codecsAndExtensionsThatItDoesNotNameAreGone() {
    String extension = "<rtp-hdrext xmlns='urn:xmpp:jingle:apps:rtp:rtp-hdrext:0' id='5'/>";
    List<MediaDescription> accepted =
        AcceptedMedia.read(
            offered,
            answer(
                "<payload-type id='111'/>",
                "<payload-type id='100'/><payload-type id='96'/><payload-type id='55'/>"
                    + extension));
    assertThat(accepted).hasSize(2);
    assertThat(accepted.get(0).payloadTypes()).extracting(PayloadType::id).containsExactly(111);
    assertThat(accepted.get(1).payloadTypes()).extracting(PayloadType::id).containsExactly(100, 96);
    assertThat(accepted.get(1).headerExtensions())
        .extracting(HeaderExtension::id)
        .containsExactly(5);
  }

  @Test
  void anAnswerThatNamesNoneChangesNothing() {
    assertThat(AcceptedMedia.read(offered, answer("", ""))).isEmpty();
  }
}
