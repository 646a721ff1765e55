import { useSignal } from '@preact/signals'
import { readableRoomName } from '../../state/room-name'
import { Icon } from '../../ui/icons/Icon'
import { Button } from '../../ui/parts/Button'
import { t } from '../../ui/strings/t'
import type { PersonInRoom, Room } from '../api'
import { useAdmin } from '../context'
import { Confirm } from '../parts/Confirm'
import { bits, duration, milliseconds, percent } from '../parts/format'

/** The meetings that run, each with its people. */
export function Meetings() {
  const admin = useAdmin()
  const ending = useSignal<Room | undefined>(undefined)
  const rooms = admin.rooms.value
  return (
    <section class="section" aria-labelledby="meetings-title">
      <header class="section-head">
        <h2 id="meetings-title">{t('admin.meetings.title')}</h2>
        {rooms && rooms.length > 0 && <small>{t('admin.meetings.count', { count: rooms.length })}</small>}
      </header>
      {rooms && rooms.length === 0 && (
        <p class="card empty" data-testid="no-meetings">
          {t('admin.meetings.none')}
        </p>
      )}
      {rooms && rooms.length > 0 && (
        <ul class="rooms">
          {rooms.map((room) => (
            <li key={room.room} class="card room" data-testid={`room-${room.name}`}>
              <details>
                <summary>
                  <Icon name="chevronDown" size="small" />
                  <span class="room-name" dir="auto">
                    {readableRoomName(room.name)}
                  </span>
                  <span class="room-facts">
                    <span>{t('people.count', { count: room.people.length })}</span>
                    <span>{duration(Date.parse(room.since), Date.now())}</span>
                  </span>
                </summary>
                <People people={room.people} />
                <div class="room-actions">
                  <Button onClick={() => (ending.value = room)} testId="end-meeting">
                    {t('admin.meetings.end')}
                  </Button>
                </div>
              </details>
            </li>
          ))}
        </ul>
      )}
      {ending.value && (
        <Confirm
          title={t('admin.meetings.endTitle', { name: readableRoomName(ending.value.name) })}
          text={t('admin.meetings.endText')}
          action={t('admin.meetings.end')}
          onConfirm={() => ending.value && void admin.endRoom(ending.value.room)}
          onClose={() => setTimeout(() => (ending.value = undefined))}
        />
      )}
    </section>
  )
}

function People({ people }: { people: readonly PersonInRoom[] }) {
  return (
    <div class="scroll">
      <table class="table">
        <thead>
          <tr>
            <th scope="col">{t('admin.person.name')}</th>
            <th scope="col">{t('connection.roundTrip')}</th>
            <th scope="col">{t('admin.person.sends')}</th>
            <th scope="col">{t('admin.person.receives')}</th>
            <th scope="col">{t('connection.loss')}</th>
          </tr>
        </thead>
        <tbody>
          {people.map((person) => (
            <tr key={person.id}>
              <th scope="row">
                <bdi>{person.name || t('person.unnamed')}</bdi>
                {person.moderator && <small class="tag">{t('people.moderator')}</small>}
                {person.account && <small class="tag">{t('admin.person.account')}</small>}
              </th>
              <td>{person.roundTripMs === undefined ? '–' : milliseconds(person.roundTripMs)}</td>
              <td>{person.sendsBitsPerSecond === undefined ? '–' : bits(person.sendsBitsPerSecond)}</td>
              <td>{person.receivesBitsPerSecond === undefined ? '–' : bits(person.receivesBitsPerSecond)}</td>
              <td>{person.loss === undefined ? '–' : percent(person.loss, 1)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
