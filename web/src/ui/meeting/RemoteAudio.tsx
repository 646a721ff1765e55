import { useEffect, useRef } from 'preact/hooks'
import type { Person } from '../../state/person'
import { useApp, useModel } from '../context'

/** What is heard: one element for each sound of each person. */
export function RemoteAudio() {
  const model = useModel()
  return (
    <div hidden data-testid="remote-audio">
      {model.people.value.map((person) => (
        <PersonAudio key={person.id} person={person} />
      ))}
    </div>
  )
}

function PersonAudio({ person }: { person: Person }) {
  return (
    <>
      {person.audio.value.map((source) => source.track && <Sound key={source.name} track={source.track} person={person} />)}
    </>
  )
}

function Sound({ track, person }: { track: MediaStreamTrack; person: Person }) {
  const { settings } = useApp()
  const model = useModel()
  const element = useRef<HTMLAudioElement>(null)
  const volume = person.volume.value
  const speaker = settings.speakerId.value
  const blocked = model.soundBlocked.value

  useEffect(() => {
    const audio = element.current
    if (!audio) return undefined
    audio.srcObject = new MediaStream([track])
    return () => {
      audio.srcObject = null
    }
  }, [track])
  useEffect(() => {
    if (element.current) element.current.volume = volume
  }, [volume])
  useEffect(() => {
    // A speaker that was unplugged: the system's own goes on.
    void element.current?.setSinkId?.(speaker).catch(() => undefined)
  }, [speaker])
  useEffect(() => {
    void element.current?.play?.()?.catch((error: unknown) => {
      if ((error as { name?: string }).name === 'NotAllowedError') model.soundBlocked.value = true
    })
  }, [track, blocked])
  return <audio ref={element} autoPlay />
}
