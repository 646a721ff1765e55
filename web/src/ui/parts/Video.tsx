import { useEffect, useRef } from 'preact/hooks'

interface VideoProps {
  track: MediaStreamTrack
  mirrored?: boolean
  /** The whole picture rather than a full frame. */
  contain?: boolean
}

/** A live picture without sound. It fades in with its first frame. */
export function Video({ track, mirrored, contain }: VideoProps) {
  const element = useRef<HTMLVideoElement>(null)
  useEffect(() => {
    const video = element.current
    if (!video) return undefined
    video.srcObject = new MediaStream([track])
    // Muted videos may play everywhere; where not (a page in the background) the browser starts it later itself.
    void video.play?.()?.catch(() => undefined)
    return () => {
      video.srcObject = null
    }
  }, [track])
  return (
    <video
      ref={element}
      class={`video${mirrored ? ' video-mirrored' : ''}${contain ? ' video-contain' : ''}`}
      autoPlay
      playsInline
      muted
      disablePictureInPicture
      aria-hidden="true"
    />
  )
}
