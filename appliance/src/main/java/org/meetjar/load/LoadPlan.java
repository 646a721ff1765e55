package org.meetjar.load;

import java.net.URI;
import java.time.Duration;
import java.util.OptionalLong;
import org.meetjar.load.media.VideoShape;
import org.meetjar.load.signal.View;

/**
 * What is to be simulated.
 *
 * @param url of the deployment, with http or https
 * @param participants in each room
 * @param duration measured, after everybody has joined and the warm-up is over
 * @param lastN how many videos each wants at most, -1 for all
 * @param silent whether all are connected and send nothing
 * @param churnPerMinute how many leave and are replaced in a minute, in all
 * @param joinsPerSecond how fast they come
 * @param stageChange how long somebody stays on stage, zero for good
 * @param sample of how many participants one decrypts and checks everything it gets
 * @param ownServer whether the user says that the server is the user's own, wherever it is
 * @param anyCertificate whether to accept certificates that nobody vouches for
 * @param serverPid the server's process, if it is on this machine
 * @param seed of all randomness
 */
public record LoadPlan(
    URI url,
    int rooms,
    int participants,
    VideoShape video,
    Duration warmUp,
    Duration duration,
    View view,
    int lastN,
    boolean silent,
    int churnPerMinute,
    int joinsPerSecond,
    Duration stageChange,
    int sample,
    boolean ownServer,
    boolean anyCertificate,
    OptionalLong serverPid,
    long seed) {

  int people() {
    return rooms * participants;
  }
}
