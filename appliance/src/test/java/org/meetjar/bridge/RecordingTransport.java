package org.meetjar.bridge;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.meetjar.colibri.TransportDescription;
import org.meetjar.transport.MediaLoop;
import org.meetjar.transport.Transport;
import org.meetjar.transport.TransportListener;

/** A transport without a network: it keeps what is sent. */
final class RecordingTransport implements Transport {
  final TransportListener listener;
  final List<byte[]> rtp = new ArrayList<>();
  final List<byte[]> rtcp = new ArrayList<>();
  final List<TransportDescription> remotes = new ArrayList<>();
  long lastActivityNanos;
  boolean closed;
  private final MediaLoop loop;

  RecordingTransport(MediaLoop loop, TransportListener listener) {
    this.loop = loop;
    this.listener = listener;
  }

  @Override
  public MediaLoop loop() {
    return loop;
  }

  @Override
  public TransportDescription local() {
    return new TransportDescription("ufrag", "password", List.of(), List.of(), "");
  }

  @Override
  public void remote(TransportDescription remote) {
    remotes.add(remote);
  }

  @Override
  public void sendRtp(byte[] buffer, int offset, int length) {
    rtp.add(Arrays.copyOfRange(buffer, offset, offset + length));
  }

  @Override
  public void sendRtcp(byte[] buffer, int offset, int length) {
    rtcp.add(Arrays.copyOfRange(buffer, offset, offset + length));
  }

  @Override
  public long lastActivityNanos() {
    return lastActivityNanos;
  }

  @Override
  public double roundTripMs() {
    return 20;
  }

  @Override
  public void close() {
    closed = true;
  }
}
