import { useSignal } from '@preact/signals'
import { useRef } from 'preact/hooks'
import type { Person } from '../../state/person'
import type { TileInfo } from '../../state/tiles'
import { useApp, useModel } from '../context'
import { Icon } from '../icons/Icon'
import { Avatar } from '../parts/Avatar'
import { Button } from '../parts/Button'
import { hueOf } from '../parts/initials'
import { Video } from '../parts/Video'
import { t } from '../strings/t'
import type { Rect } from './arrangement'
import { ConnectionIndicator } from './ConnectionIndicator'
import { TileMenuButton } from './TileMenu'

interface TileProps {
  tile: TileInfo
  rect: Rect
  /** It is the one on stage in speaker view. */
  large: boolean
}

export function Tile({ tile, rect, large }: TileProps) {
  const model = useModel()
  const person = model.person(tile.personId)
  const style = {
    insetInlineStart: `${rect.x}px`,
    insetBlockStart: `${rect.y}px`,
    width: `${rect.width}px`,
    height: `${rect.height}px`,
  }
  if (tile.own) return <OwnTile tile={tile} style={style} large={large} />
  return person ? <PersonTile tile={tile} person={person} style={style} large={large} /> : null
}

interface PlacedTile {
  tile: TileInfo
  style: Record<string, string>
  large: boolean
}

function PersonTile({ tile, person, style, large }: PlacedTile & { person: Person }) {
  const { settings } = useApp()
  const model = useModel()
  const info = person.info.value
  const screen = tile.kind === 'screen'
  const name = info.displayName || t('person.unnamed')
  const source = screen ? info.sources.find((s) => s.name === tile.source) : person.camera.value
  const interrupted = info.connection === 'interrupted'
  // Where we asked for less than all, a video that does not come is not a weak connection.
  const unasked = settings.quality.value === 'audio-only' || (model.lastN >= 0 && !source?.forwarded)
  const track = source && !source.muted && !unasked ? source.track : undefined
  const paused = track !== undefined && !interrupted && !source?.forwarded
  return (
    <TileFrame
      tile={tile}
      style={style}
      large={large}
      name={screen ? t('tile.screenOf', { name }) : name}
      seed={name}
      speaking={person.speaking.value && !screen}
      muted={!screen && person.muted.value}
      hand={!screen && info.raisedHand > 0}
      track={track}
      dimmed={paused || interrupted}
      paused={paused}
      interrupted={interrupted}
      message={interrupted ? t('tile.interrupted') : paused ? t('tile.paused') : undefined}
    />
  )
}

function OwnTile({ tile, style, large }: PlacedTile) {
  const { settings, media } = useApp()
  const model = useModel()
  const screen = tile.kind === 'screen'
  const track = screen ? media.screen.value?.video : (media.camera.value ?? undefined)
  return (
    <TileFrame
      tile={tile}
      style={style}
      large={large}
      name={screen ? t('tile.yourScreen') : t('person.you')}
      seed={settings.displayName.value || t('person.you')}
      speaking={!screen && model.selfSpeaking.value && !media.muted.value}
      muted={!screen && media.muted.value}
      hand={!screen && model.handRaisedAt.value > 0}
      track={track}
      dimmed={screen}
      message={screen ? t('tile.youShare') : undefined}
      action={screen ? { label: t('share.stop'), run: () => media.stopScreen() } : undefined}
    />
  )
}

interface TileFrameProps extends PlacedTile {
  name: string
  /** What initials and colour are made from. */
  seed: string
  speaking: boolean
  muted: boolean
  hand: boolean
  track: MediaStreamTrack | undefined
  dimmed: boolean
  /** It may be for a moment only, so it is shown after two seconds. */
  paused?: boolean
  interrupted?: boolean
  message: string | undefined
  action?: { label: string; run: () => void } | undefined
}

function TileFrame({ tile, style, large, name, seed, speaking, muted, hand, track, dimmed, paused = false, interrupted = false, message, action }: TileFrameProps) {
  const model = useModel()
  const element = useRef<HTMLElement>(null)
  const menuAt = useSignal<DOMRect | null>(null)
  const press = useRef<ReturnType<typeof setTimeout>>(undefined)
  const screen = tile.kind === 'screen'
  const pinned = model.pinned.value === tile.id
  const openMenu = (x: number, y: number) => (menuAt.value = new DOMRect(x, y, 0, 0))

  return (
    <section
      ref={element}
      class={classes('tile', { large, speaking, screen, own: tile.own, dimmed, paused, bare: !track })}
      style={{ ...style, '--hue': String(hueOf(seed)) }}
      aria-label={name}
      data-testid={`tile-${tile.id}`}
      data-tile={tile.id}
      data-own={tile.own}
      data-kind={tile.kind}
      data-speaking={speaking}
      data-muted={muted}
      data-hand={hand}
      data-connection={interrupted ? 'interrupted' : 'active'}
      onDblClick={() => model.pin(tile.id)}
      onContextMenu={(event) => {
        event.preventDefault()
        openMenu(event.clientX, event.clientY)
      }}
      onTouchStart={(event) => {
        const touch = event.touches[0]
        if (touch) press.current = setTimeout(() => openMenu(touch.clientX, touch.clientY), 550)
      }}
      onTouchEnd={() => clearTimeout(press.current)}
      onTouchMove={() => clearTimeout(press.current)}
    >
      {track ? <Video track={track} mirrored={tile.own && !screen} contain={screen} /> : <Avatar name={seed} />}
      {message && (
        <div class="tile-message">
          {!screen && <Icon name="lost" size="small" />}
          <span>{message}</span>
          {action && <Button onClick={action.run}>{action.label}</Button>}
        </div>
      )}
      {hand && (
        <span class="tile-hand" title={t('hand.isRaised')}>
          <Icon name="hand" size="small" />
          <span class="sr-only">{t('hand.isRaised')}</span>
        </span>
      )}
      <div class="tile-foot">
        <span class="name-chip">
          {screen ? <Icon name="screen" size="small" /> : muted && <Icon name="microphoneOff" size="small" />}
          {muted && <span class="sr-only">{t('microphone.isMuted')}</span>}
          {pinned && <Icon name="pin" size="small" />}
          <span class="name" dir="auto">
            {name}
          </span>
        </span>
        {!screen && <ConnectionIndicator tile={tile} name={name} />}
      </div>
      <TileMenuButton tile={tile} name={name} at={menuAt} />
    </section>
  )
}

function classes(base: string, on: Record<string, boolean>): string {
  return [base, ...Object.keys(on).filter((name) => on[name]).map((name) => `${base}-${name}`)].join(' ')
}
