package org.meetjar.impairment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meetjar.FreePort;
import org.meetjar.PackagedJar;
import org.meetjar.congestion.Link;

/** The load tool's clients meet over bad networks. Nothing is timed. */
class ImpairmentIT {
  @TempDir Path folder;

  private JsonNode meet(Consumer<Link> up, Consumer<Link> down, String... arguments)
      throws Exception {
    int media = FreePort.any();
    try (PackagedJar server =
            PackagedJar.serve(folder.resolve("data"), "--media-port", String.valueOf(media));
        LossyRelay relay = new LossyRelay(media, up, down);
        PortRewriter wire = new PortRewriter(server.httpPort(), media, relay.port())) {
      String[] all = new String[arguments.length + 5];
      all[0] = "load";
      all[1] = "--url=http://localhost:" + wire.port();
      all[2] = "--warm-up=1";
      all[3] = "--participants=3";
      all[4] = "--json=-";
      System.arraycopy(arguments, 0, all, 5, arguments.length);
      PackagedJar.Result run = PackagedJar.run("", all);
      assertThat(run.exitCode()).as(run.err()).isZero();
      return new ObjectMapper().readTree(run.out());
    }
  }

  @Test
  void lossesDelayAndReorderingAreRepaired() throws Exception {
    Consumer<Link> rough =
        link -> {
          link.loss = 0.05;
          link.delayNanos = 20_000_000;
          link.jitterNanos = 5_000_000;
          link.reordered = 0.01;
        };
    JsonNode result = meet(rough, rough, "--video=360p", "--seconds=6");

    assertThat(result.at("/joins/failed").asInt()).as(result.toString()).isZero();
    assertThat(result.at("/streams/first_key_frame_ms/count").asInt()).isEqualTo(6);
    assertThat(result.at("/packets/up/repairs").asInt()).isPositive();
    assertThat(result.at("/packets/down/repairs").asInt()).isPositive();
    assertThat(lost(result, "video")).as(result.toString()).isLessThan(0.05);
    // Nothing repairs sound here: what is lost on either way is missing.
    assertThat(lost(result, "audio")).as(result.toString()).isLessThan(0.15);
  }

  private static double lost(JsonNode result, String kind) {
    double lost = result.at("/packets/lost_" + kind + "_downlink").asInt();
    return lost / (lost + result.at("/packets/down/" + kind).asInt());
  }

  @Test
  void narrowLinksGetLessAndLoseLittle() throws Exception {
    JsonNode result =
        meet(link -> {}, link -> link.rateBps = 700_000, "--video=720p", "--seconds=8");

    assertThat(result.at("/joins/failed").asInt()).as(result.toString()).isZero();
    assertThat(result.at("/packets/down/video").asInt()).isPositive();
    // Who got all that was wished for would lose most of it.
    assertThat(lost(result, "video")).as(result.toString()).isLessThan(0.2);
    assertThat(lost(result, "audio")).as(result.toString()).isLessThan(0.2);
  }
}
