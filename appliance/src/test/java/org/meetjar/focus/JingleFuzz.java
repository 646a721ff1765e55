package org.meetjar.focus;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.meetjar.fuzz.Target;
import org.meetjar.xml.Element;
import org.meetjar.xml.ParseResult;
import org.meetjar.xml.XmlParser;

/** What clients say in Jingle: sources and transports; accepted sources are written again. */
public final class JingleFuzz implements Target {
  @Override
  public void read(byte[] bytes) {
    if (XmlParser.parse(new String(bytes, StandardCharsets.UTF_8))
        instanceof ParseResult.Parsed parsed) {
      Element jingle = parsed.element();
      JingleReader.initialLastN(jingle);
      JingleReader.bridgeSession(jingle);
      TransportXml.read(jingle);
      try {
        Map<String, SourceSet> sources = Map.of("ada", JingleReader.sources(jingle, "ada"));
        SourceXml.writeContents(sources);
        SourceJson.write(sources).toXml();
      } catch (InvalidSources refused) {
        // said to whoever sent them
      }
    }
  }

  @Override
  public List<byte[]> seeds() {
    return Stream.of(
            """
            <jingle xmlns='urn:xmpp:jingle:1' action='source-add' sid='1'>
             <content name='video'>
              <description xmlns='urn:xmpp:jingle:apps:rtp:1' media='video'>
               <source xmlns='urn:xmpp:jingle:apps:rtp:ssma:0' ssrc='11' name='ada-v0'>
                <parameter name='msid' value='ada-video-0 track'/></source>
               <source xmlns='urn:xmpp:jingle:apps:rtp:ssma:0' ssrc='12' name='ada-v0'>
                <parameter name='msid' value='ada-video-0 track'/></source>
               <ssrc-group xmlns='urn:xmpp:jingle:apps:rtp:ssma:0' semantics='FID'>
                <source ssrc='11'/><source ssrc='12'/></ssrc-group>
              </description></content></jingle>""",
            """
            <jingle xmlns='urn:xmpp:jingle:1' action='session-accept' sid='1'>
             <content name='audio'>
              <transport xmlns='urn:xmpp:jingle:transports:ice-udp:1' ufrag='u' pwd='p'>
               <fingerprint xmlns='urn:xmpp:jingle:apps:dtls:0' hash='sha-256' setup='active'
                >00:11</fingerprint>
               <candidate component='1' foundation='1' generation='0' id='c' network='0'
                ip='192.0.2.1' port='5000' priority='1' protocol='udp' type='host'/>
              </transport></content></jingle>""")
        .map(text -> text.getBytes(StandardCharsets.UTF_8))
        .toList();
  }
}
