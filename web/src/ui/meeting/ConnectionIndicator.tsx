import { useSignal } from '@preact/signals'
import { useRef } from 'preact/hooks'
import type { ConnectionStats } from '../../protocol/api'
import type { TileInfo } from '../../state/tiles'
import { useModel } from '../context'
import { Popover } from '../parts/Popover'
import { t } from '../strings/t'
import { bitrate, qualityBars, statsRows } from './connection'

/** Three bars in a tile's corner; a click tells what the connection is made of. */
export function ConnectionIndicator({ tile, name }: { tile: TileInfo; name: string }) {
  const model = useModel()
  const open = useSignal(false)
  const button = useRef<HTMLButtonElement>(null)
  const stats = tile.own ? model.selfStats.value : model.person(tile.personId)?.stats.value
  if (!stats) return null
  const bars = qualityBars(stats.quality)
  return (
    <>
      <button
        ref={button}
        type="button"
        class={`connection connection-${bars}`}
        aria-label={t(`connection.quality${bars}`, { name })}
        aria-haspopup="dialog"
        aria-expanded={open.value}
        onClick={() => (open.value = !open.value)}
        onDblClick={(event) => event.stopPropagation()}
        data-testid={`tile-${tile.id}-connection`}
        data-path={stats.path}
      >
        <span class="connection-bar" />
        <span class="connection-bar" />
        <span class="connection-bar" />
      </button>
      {open.value && (
        <Popover anchor={button} label={t('connection.title', { name })} onClose={() => (open.value = false)} class="stats" testId="connection-popover">
          <StatsTable stats={stats} own={tile.own} name={name} />
        </Popover>
      )}
    </>
  )
}

function StatsTable({ stats, own, name }: { stats: ConnectionStats; own: boolean; name: string }) {
  return (
    <div tabIndex={-1}>
      <h3 dir="auto">{name}</h3>
      <p class="stats-path" data-testid="connection-path">
        {t(stats.path === 'p2p' ? 'connection.p2p' : 'connection.bridge')}
      </p>
      <p class="stats-rates">
        <span>↑ {bitrate(stats.bitrateUp)}</span>
        <span>↓ {bitrate(stats.bitrateDown)}</span>
      </p>
      <dl>
        {statsRows(stats, own).map(([key, value]) => (
          <div key={key}>
            <dt>{t(key)}</dt>
            <dd dir="auto">{value}</dd>
          </div>
        ))}
      </dl>
    </div>
  )
}
