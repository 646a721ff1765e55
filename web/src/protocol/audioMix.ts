/** One audio track out of several: the microphone and the sound of a shared screen go out as one source. */
export interface AudioMix {
  track: MediaStreamTrack
  close(): void
}

export function mixAudio(tracks: readonly (MediaStreamTrack | null)[]): AudioMix {
  const context = new AudioContext()
  const output = context.createMediaStreamDestination()
  for (const track of tracks) {
    if (track) context.createMediaStreamSource(new MediaStream([track])).connect(output)
  }
  return {
    track: output.stream.getAudioTracks()[0]!,
    close: () => {
      void context.close().catch(() => undefined)
    },
  }
}
