package org.meetjar.load.signal;

import java.net.URI;
import java.time.Duration;
import org.meetjar.load.media.MediaThread;
import org.meetjar.load.media.VideoShape;
import org.meetjar.loop.Loop;

/**
 * What all guests have in common.
 *
 * @param stageChange how long somebody stays on stage; zero for good
 */
public record Setting(
    Web web,
    Loop loop,
    MediaThread media,
    Targets targets,
    URI webSocket,
    ServerConfig server,
    VideoShape shape,
    View view,
    int lastN,
    Duration stageChange,
    Duration patience) {}
