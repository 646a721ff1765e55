package org.meetjar.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import org.meetjar.config.CodecSettings;
import org.meetjar.config.HttpSettings;
import org.meetjar.config.LiveSettings;
import org.meetjar.config.Policy;

/**
 * The script that tells a client, ours or a stock one, how to reach and to use this server. It
 * defines the global {@code config} and is nothing but JSON beside that, since mobile clients
 * evaluate it without a browser around.
 */
final class ConfigScript {
  private static final JsonFactory JSON = new JsonFactory();

  private final HttpSettings settings;
  private final LiveSettings live;

  ConfigScript(HttpSettings settings, LiveSettings live) {
    this.settings = settings;
    this.live = live;
  }

  /**
   * @param origin scheme, host and port of WebSockets as this client reaches us
   * @param tenant the folder below which the client's rooms are, or the empty string
   */
  String forPage(String origin, String tenant) {
    Policy policy = live.policy();
    StringWriter text = new StringWriter();
    text.write("var config = ");
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      hosts(json, tenant, policy);
      json.writeStringField("focusUserJid", "focus@auth." + settings.xmppDomain());
      String folder = tenant.isEmpty() ? "/" : "/" + tenant + "/";
      json.writeStringField("websocket", origin + folder + "xmpp-websocket");
      json.writeBooleanField("enableWebsocketResume", true);
      // the streams have pings of their own
      json.writeNumberField("websocketKeepAlive", -1);
      media(json);
      json.writeBooleanField("disableThirdPartyRequests", true);
      json.writeStringField("serverName", live.serverName());
      json.writeStringField("policy", LiveSettings.word(policy));
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    text.write(";\n");
    return text.toString();
  }

  private void hosts(JsonGenerator json, String tenant, Policy policy) throws IOException {
    String domain = settings.xmppDomain();
    json.writeObjectFieldStart("hosts");
    json.writeStringField("domain", domain);
    json.writeStringField("muc", "conference." + (tenant.isEmpty() ? "" : tenant + ".") + domain);
    json.writeStringField("focus", "focus." + domain);
    if (policy == Policy.HOSTS) {
      json.writeStringField("anonymousdomain", "guest." + domain);
    }
    json.writeEndObject();
  }

  private static void order(JsonGenerator json, String name, List<CodecSettings.Video> codecs)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (CodecSettings.Video codec : codecs) {
      json.writeString(codec.name());
    }
    json.writeEndArray();
  }

  private void media(JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("p2p");
    json.writeBooleanField("enabled", true);
    json.writeNumberField("backToP2PDelay", 5);
    json.writeArrayFieldStart("stunServers");
    json.writeEndArray();
    json.writeEndObject();
    // what the focus offers; stock clients would take what everybody can decode
    json.writeObjectFieldStart("videoQuality");
    order(json, "codecPreferenceOrder", settings.codecs().video());
    order(json, "mobileCodecPreferenceOrder", settings.codecs().mobileVideo());
    json.writeEndObject();
    json.writeObjectFieldStart("flags");
    json.writeBooleanField("ssrcRewritingEnabled", settings.ssrcRewriting());
    json.writeBooleanField("rtpMidDemuxEnabled", false);
    json.writeEndObject();
    json.writeObjectFieldStart("bridgeChannel");
    json.writeBooleanField("preferSctp", false);
    json.writeEndObject();
    json.writeBooleanField("enableIceRestart", false);
    json.writeBooleanField("disableRtx", false);
    json.writeBooleanField("enableTcc", true);
    json.writeBooleanField("enableRemb", false);
    json.writeBooleanField("enableOpusRed", settings.codecs().opusRed());
    json.writeNumberField("channelLastN", -1);
  }
}
