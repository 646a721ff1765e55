package org.meetjar.colibri;

import java.util.List;

/** The payload types and RTP header extensions negotiated for one kind of media. */
public record MediaDescription(
    MediaKind kind, List<PayloadType> payloadTypes, List<HeaderExtension> headerExtensions) {
  public MediaDescription {
    payloadTypes = List.copyOf(payloadTypes);
    headerExtensions = List.copyOf(headerExtensions);
  }
}
