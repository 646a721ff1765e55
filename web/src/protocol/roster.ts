/** Who is in the meeting, put together from presence, media sessions and what the bridge tells. */
import type { Participant, RemoteSource } from './api'
import { kindOf, type Occupant } from './presence'

export interface MediaView {
  tracks: ReadonlyMap<string, MediaStreamTrack>
  /** Sources that the bridge forwards; undefined while it has not said. */
  forwarded: ReadonlySet<string> | undefined
  direct: boolean
  inactive: ReadonlySet<string>
}

/** A participant as the rest of the client sees it; a new value each time. */
export function describeParticipant(occupant: Occupant, media: MediaView): Participant {
  const names = new Set(occupant.sources.keys())
  // Sources can be signalled before the presence that tells of them.
  for (const name of media.tracks.keys()) if (ownerOf(name) === occupant.nick) names.add(name)
  const sources: RemoteSource[] = []
  for (const name of [...names].sort()) {
    const state = occupant.sources.get(name)
    const kind = kindOf(name)
    const videoType = state?.videoType ?? 'camera'
    const muted = state?.muted ?? false
    // A screen that is no longer shared keeps its source for the next time; nobody needs to see that.
    if (videoType === 'desktop' && muted) continue
    const track = media.tracks.get(name)
    sources.push({
      name,
      kind,
      videoType,
      muted,
      ...(track ? { track } : {}),
      forwarded: kind === 'audio' || media.direct || media.forwarded === undefined || media.forwarded.has(name),
    })
  }
  return {
    id: occupant.nick,
    displayName: occupant.displayName,
    moderator: isModerator(occupant),
    raisedHand: occupant.raisedHand,
    connection: media.inactive.has(occupant.nick) && !media.direct ? 'interrupted' : 'active',
    sources,
  }
}

export function isModerator(occupant: Occupant): boolean {
  return occupant.role === 'moderator' || occupant.affiliation === 'owner'
}

/** Whether two descriptions would look the same to everybody. */
export function sameParticipant(a: Participant, b: Participant): boolean {
  return (
    a.displayName === b.displayName &&
    a.moderator === b.moderator &&
    a.raisedHand === b.raisedHand &&
    a.connection === b.connection &&
    a.sources.length === b.sources.length &&
    a.sources.every((source, i) => {
      const other = b.sources[i]!
      return (
        source.name === other.name &&
        source.muted === other.muted &&
        source.videoType === other.videoType &&
        source.track === other.track &&
        source.forwarded === other.forwarded
      )
    })
  )
}

export function ownerOf(sourceName: string): string {
  return sourceName.slice(0, sourceName.lastIndexOf('-'))
}
