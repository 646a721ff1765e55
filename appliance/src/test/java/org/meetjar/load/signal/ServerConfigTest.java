package org.meetjar.load.signal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ServerConfigTest {
  @Test
  void ourOwnScriptIsRead() {
    ServerConfig config =
        ServerConfig.read(
                "var config = {\"hosts\":{\"domain\":\"localhost\",\"muc\":\"conference.localhost\","
                    + "\"focus\":\"focus.localhost\"},\"focusUserJid\":\"focus@auth.localhost\","
                    + "\"websocket\":\"wss://localhost:8443/xmpp-websocket\","
                    + "\"websocketKeepAlive\":-1};\n")
            .orElseThrow();

    assertThat(config.domain()).isEqualTo("localhost");
    assertThat(config.muc()).isEqualTo("conference.localhost");
    assertThat(config.focus()).isEqualTo("focus.localhost");
    assertThat(config.webSocket()).contains("wss://localhost:8443/xmpp-websocket");
  }

  @Test
  void aStockScriptIsRead() {
    ServerConfig config =
        ServerConfig.read(
                """
                /* eslint-disable */
                var subdomain = '<!--# echo var="subdomain" default="" -->';
                var config = {
                    hosts: {
                        // XMPP domain.
                        domain: 'meet.example.org', // the main one
                        // anonymousdomain: 'guest.example.com',
                        muc: 'conference.' + subdomain + 'meet.example.org',
                    },
                    bosh: 'https://meet.example.org/' + subdir + 'http-bind',
                    // websocket: 'wss://jitsi-meet.example.com/xmpp-websocket',
                    websocket: 'wss://meet.example.org/' + subdir + 'xmpp-websocket',
                };
                """)
            .orElseThrow();

    assertThat(config.domain()).isEqualTo("meet.example.org");
    assertThat(config.muc()).isEqualTo("conference.meet.example.org");
    assertThat(config.focus()).isEqualTo("focus.meet.example.org");
    assertThat(config.webSocket()).contains("wss://meet.example.org/xmpp-websocket");
  }

  @Test
  void assignmentsAreRead() {
    ServerConfig config =
        ServerConfig.read(
                """
                config.hosts = {};
                config.hosts.domain = 'meet.jitsi';
                config.hosts.anonymousdomain = 'guest.meet.jitsi';
                config.hosts.muc = 'muc.meet.jitsi';
                config.bosh = '/http-bind';
                """)
            .orElseThrow();

    assertThat(config.domain()).isEqualTo("guest.meet.jitsi");
    assertThat(config.muc()).isEqualTo("muc.meet.jitsi");
    assertThat(config.focus()).isEqualTo("focus.meet.jitsi");
    assertThat(config.webSocket()).isEmpty();
  }

  @Test
  void otherPagesAreNone() {
    assertThat(ServerConfig.read("<!doctype html><title>Hello</title>")).isEmpty();
    assertThat(ServerConfig.read("")).isEmpty();
  }
}
