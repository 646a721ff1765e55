import { useSignal } from '@preact/signals'
import { useRef } from 'preact/hooks'
import type { Person } from '../../state/person'
import { useApp, useModel } from '../context'
import { Icon } from '../icons/Icon'
import { Avatar } from '../parts/Avatar'
import { Button } from '../parts/Button'
import { Menu } from '../parts/Menu'
import { t } from '../strings/t'
import { actions } from './actions'
import { moderate } from './moderate'
import { PersonMenuItems } from './PersonMenuItems'
import { SidePanel } from './SidePanel'
import { useMeetingView } from './view'

/** Everybody, raised hands first in the order in which they went up. */
export function PeoplePanel() {
  const app = useApp()
  const model = useModel()
  const view = useMeetingView()
  const people = model.people.value
  const raised = people.filter((person) => person.info.value.raisedHand > 0).sort((a, b) => a.info.value.raisedHand - b.info.value.raisedHand)
  const own = model.handRaisedAt.value
  const others = people.filter((person) => person.info.value.raisedHand === 0)
  const hands = raised.length + (own > 0 ? 1 : 0)
  const ownPlace = own > 0 ? raised.filter((person) => person.info.value.raisedHand < own).length : -1
  return (
    <SidePanel title={t('people.count', { count: people.length + 1 })} testId="people-panel">
      <div class="panel-scroll">
        <Button icon="link" onClick={actions(app, model, view).copyInvitation} testId="people-invite">
          {t('invite.copy')}
        </Button>
        {hands > 0 && (
          <>
            <h3>{t('people.hands', { count: hands })}</h3>
            <ol class="people" data-testid="raised-hands">
              {raised.slice(0, Math.max(0, ownPlace < 0 ? raised.length : ownPlace)).map((person) => (
                <PersonRow key={person.id} person={person} />
              ))}
              {own > 0 && <OwnRow />}
              {ownPlace >= 0 && raised.slice(ownPlace).map((person) => <PersonRow key={person.id} person={person} />)}
            </ol>
            <h3>{t('people.others')}</h3>
          </>
        )}
        <ul class="people">
          {own === 0 && <OwnRow />}
          {others.map((person) => (
            <PersonRow key={person.id} person={person} />
          ))}
        </ul>
      </div>
      {model.moderator.value && people.some((person) => !person.muted.value) && (
        <footer class="panel-foot">
          <Button
            icon="microphoneOff"
            testId="mute-all"
            onClick={() =>
              moderate(app.notices, async () => {
                const loud = people.filter((person) => !person.muted.peek())
                await Promise.all(loud.map((person) => model.meeting.muteParticipant(person.id, 'audio')))
              })
            }
          >
            {t('people.muteAll')}
          </Button>
        </footer>
      )}
    </SidePanel>
  )
}

function PersonRow({ person }: { person: Person }) {
  const model = useModel()
  const open = useSignal(false)
  const button = useRef<HTMLButtonElement>(null)
  const info = person.info.value
  const name = info.displayName || t('person.unnamed')
  const cameraOn = person.camera.value !== undefined && !person.camera.value.muted
  return (
    <li class="person" data-testid={`person-${person.id}`}>
      <Avatar name={name} />
      <span class="person-name">
        <span dir="auto">{name}</span>
        <small>
          {info.connection === 'interrupted' ? t('tile.interrupted') : info.moderator ? t('people.moderator') : ''}
        </small>
      </span>
      {info.raisedHand > 0 && <Mark icon="hand" label={t('hand.isRaised')} tone="warn" />}
      {person.screens.value.length > 0 && <Mark icon="screen" label={t('people.shares')} />}
      <Mark icon={cameraOn ? 'camera' : 'cameraOff'} label={t(cameraOn ? 'people.cameraOn' : 'people.cameraOff')} tone={cameraOn ? undefined : 'off'} />
      <Mark
        icon={person.muted.value ? 'microphoneOff' : 'microphone'}
        label={t(person.muted.value ? 'microphone.isMuted' : 'people.microphoneOn')}
        tone={person.muted.value ? 'off' : person.speaking.value ? 'ok' : undefined}
      />
      <button
        ref={button}
        type="button"
        class="row-menu"
        aria-label={t('tile.menu', { name })}
        aria-haspopup="menu"
        aria-expanded={open.value}
        onClick={() => (open.value = !open.value)}
        data-testid={`person-${person.id}-menu`}
      >
        <Icon name="dotsVertical" size="small" />
      </button>
      {open.value && (
        <Menu anchor={button} label={t('tile.menu', { name })} onClose={() => (open.value = false)}>
          <PersonMenuItems tile={model.tiles.value.find((tile) => tile.id === person.id) ?? { id: person.id, personId: person.id, own: false, kind: 'camera' }} onDone={() => (open.value = false)} />
        </Menu>
      )}
    </li>
  )
}

function OwnRow() {
  const { settings, media } = useApp()
  const model = useModel()
  const name = settings.displayName.value
  return (
    <li class="person" data-testid="person-self">
      <Avatar name={name || t('person.you')} />
      <span class="person-name">
        <span dir="auto">{name ? t('people.you', { name }) : t('person.you')}</span>
        <small>{model.moderator.value ? t('people.moderator') : ''}</small>
      </span>
      {model.handRaisedAt.value > 0 && <Mark icon="hand" label={t('hand.isRaised')} tone="warn" />}
      <Mark icon={media.cameraOff.value ? 'cameraOff' : 'camera'} label={t(media.cameraOff.value ? 'people.cameraOff' : 'people.cameraOn')} tone={media.cameraOff.value ? 'off' : undefined} />
      <Mark icon={media.muted.value ? 'microphoneOff' : 'microphone'} label={t(media.muted.value ? 'microphone.isMuted' : 'people.microphoneOn')} tone={media.muted.value ? 'off' : undefined} />
      <span class="row-menu-space" />
    </li>
  )
}

function Mark({ icon, label, tone }: { icon: Parameters<typeof Icon>[0]['name']; label: string; tone?: 'warn' | 'off' | 'ok' | undefined }) {
  return (
    <span class={`mark${tone ? ` mark-${tone}` : ''}`} title={label}>
      <Icon name={icon} size="small" />
      <span class="sr-only">{label}</span>
    </span>
  )
}
