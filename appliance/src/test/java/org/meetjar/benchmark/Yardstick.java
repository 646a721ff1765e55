package org.meetjar.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.meetjar.DebianTool;

/**
 * What a forwarder in C needs on this machine: CPU nanoseconds per outgoing packet,
 * AEAD_AES_128_GCM, one packet in and nine out.
 *
 * @param videoInRuns packets of 1200 bytes that leave in runs which the kernel cuts up
 * @param videoAlone packets of 1200 bytes that leave as messages of their own, many in a call
 * @param audioInRuns the same for 160 bytes
 * @param audioAlone the same for 160 bytes
 * @param quiet a packet of 1200 bytes to one receiver, six every 4 ms: what a call of three does
 */
record Yardstick(
    double videoInRuns, double videoAlone, double audioInRuns, double audioAlone, double quiet) {
  private static final Path PROGRAM = Path.of("src", "test", "limit", "run");

  /** Builds and runs it; to be called in the module's folder. Takes up to a minute. */
  static Yardstick measure() throws Exception {
    DebianTool.require("cc", "gcc");
    Process process =
        new ProcessBuilder("sh", PROGRAM.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(90, TimeUnit.SECONDS) || process.exitValue() != 0) {
      process.destroyForcibly();
      throw new IOException("the yardstick gives no figures");
    }
    JsonNode figures = new ObjectMapper().readTree(output.lines().findFirst().orElseThrow());
    JsonNode video = figures.get("gcm_1200");
    JsonNode audio = figures.get("gcm_160");
    return new Yardstick(
        video.get("gso").asDouble(),
        video.get("sendmmsg").asDouble(),
        audio.get("gso").asDouble(),
        audio.get("sendmmsg").asDouble(),
        figures.get("quiet_gcm_1200").asDouble());
  }

  /** The mean of two measurements, one before and one after what is compared. */
  Yardstick mean(Yardstick other) {
    return new Yardstick(
        (videoInRuns + other.videoInRuns) / 2,
        (videoAlone + other.videoAlone) / 2,
        (audioInRuns + other.audioInRuns) / 2,
        (audioAlone + other.audioAlone) / 2,
        (quiet + other.quiet) / 2);
  }

  /**
   * What it would need for a mixture.
   *
   * @param audio the part of the packets that is audio
   * @param inRuns the part of the packets that leaves in runs, taken to be all video as far as
   *     there is so much of it
   */
  double of(double audio, double inRuns) {
    double video = 1 - audio;
    double videoRuns = Math.min(video, inRuns);
    double audioRuns = inRuns - videoRuns;
    return videoRuns * videoInRuns
        + (video - videoRuns) * videoAlone
        + audioRuns * audioInRuns
        + (audio - audioRuns) * audioAlone;
  }
}
