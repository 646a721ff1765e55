package org.meetjar.load.signal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.meetjar.xml.XmlParser;

class SourcesTest {
  private static final String JSON =
      "<jingle xmlns='urn:xmpp:jingle:1'><json-message xmlns='http://jitsi.org/jitmeet'>"
          + "{\"sources\":{\"jvb\":[[{\"s\":1,\"n\":\"jvb-v0\"}],[],[{\"s\":2}],[]],"
          + "\"aaaa1111\":[[{\"s\":4000000001,\"n\":\"aaaa1111-v0\"},{\"s\":12,\"n\":\"aaaa1111-v0\"}],"
          + "[[\"f\",4000000001,12]],[{\"s\":13,\"n\":\"aaaa1111-a0\"}]]}}</json-message></jingle>";

  private static final String XML =
      "<jingle xmlns='urn:xmpp:jingle:1'><content name='video'>"
          + "<description xmlns='urn:xmpp:jingle:apps:rtp:1' media='video'>"
          + "<source xmlns='urn:xmpp:jingle:apps:rtp:ssma:0' ssrc='21' name='bbbb2222-v0'>"
          + "<ssrc-info xmlns='http://jitsi.org/jitmeet' owner='r@c/bbbb2222'/></source>"
          + "<source xmlns='urn:xmpp:jingle:apps:rtp:ssma:0' ssrc='22' name='bbbb2222-v0'/>"
          + "<ssrc-group xmlns='urn:xmpp:jingle:apps:rtp:ssma:0' semantics='FID'>"
          + "<source ssrc='21'/><source ssrc='22'/></ssrc-group></description></content>"
          + "<content name='audio'>"
          + "<description xmlns='urn:xmpp:jingle:apps:rtp:1' media='audio'>"
          + "<source xmlns='urn:xmpp:jingle:apps:rtp:ssma:0' ssrc='23' name='bbbb2222-a0'/>"
          + "</description></content></jingle>";

  @Test
  void compactSourcesAreRead() {
    Sources sources = read(JSON);

    assertThat(sources.videos)
        .containsExactly(new Sources.Video("aaaa1111", "aaaa1111-v0", (int) 4000000001L));
    assertThat(sources.repairs).containsEntry(12, (int) 4000000001L).hasSize(1);
    assertThat(sources.audio.get("aaaa1111")).containsExactly(13);
    assertThat(sources.audio).doesNotContainKey("jvb");
  }

  @Test
  void elementsAreRead() {
    Sources sources = read(XML);

    assertThat(sources.videos).containsExactly(new Sources.Video("bbbb2222", "bbbb2222-v0", 21));
    assertThat(sources.repairs).containsEntry(22, 21);
    assertThat(sources.audio.get("bbbb2222")).containsExactly(23);
  }

  @Test
  void whoLeavesTakesHisSourcesAlong() {
    Sources sources = read(JSON);
    sources.add(read(XML));

    assertThat(sources.remove("bbbb2222")).containsExactlyInAnyOrder(21, 23);
    assertThat(sources.videos).extracting(Sources.Video::owner).containsExactly("aaaa1111");
  }

  @Test
  void removedSourcesAreGone() {
    Sources sources = read(JSON);

    assertThat(sources.remove(read(JSON))).contains(13, (int) 4000000001L);
    assertThat(sources.videos).isEmpty();
    assertThat(sources.repairs).isEmpty();
  }

  @Test
  void streamsStandForOthersWhenTheBridgeSaysSo() {
    Sources sources = new Sources();
    sources.present("ann", List.of("ann-v0"));
    sources.present("bob", List.of("bob-v0"));
    assertThat(sources.videoSsrcs()).isEmpty();

    sources.map(List.of(new Sources.Mapping("ann", "ann-v0", 7, 8)));
    assertThat(sources.videos).contains(new Sources.Video("ann", "ann-v0", 7)).hasSize(2);
    assertThat(sources.repairs).containsEntry(8, 7);

    sources.map(List.of(new Sources.Mapping("bob", "bob-v0", 7, 8)));
    assertThat(sources.videos)
        .containsExactlyInAnyOrder(
            new Sources.Video("ann", "ann-v0", 0), new Sources.Video("bob", "bob-v0", 7));

    assertThat(sources.remove("bob")).as("the stream stays").isEmpty();
    assertThat(sources.videos).extracting(Sources.Video::name).containsExactly("ann-v0");
  }

  @Test
  void malformedSourcesAreNone() {
    Sources sources =
        read(
            "<jingle xmlns='urn:xmpp:jingle:1'>"
                + "<json-message xmlns='http://jitsi.org/jitmeet'>{no</json-message></jingle>");

    assertThat(sources.videos).isEmpty();
  }

  private static Sources read(String xml) {
    return Sources.read(XmlParser.parse(xml).orThrow());
  }
}
