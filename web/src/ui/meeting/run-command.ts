import type { App } from '../../state/app'
import { findByName, type Command } from '../../state/commands'
import type { MeetingModel } from '../../state/meeting-model'
import { actions } from './actions'
import type { MeetingView } from './view'

/** Does what a typed command says, and answers in the chat when that is not possible. */
export function runCommand(command: Command, app: App, model: MeetingModel, view: MeetingView): void {
  const does = actions(app, model, view)
  const { chat, meeting } = model
  const withPerson = (name: string, action: (id: string) => void) => {
    const found = findByName(
      model.people.peek().map((person) => ({ id: person.id, displayName: person.name.peek() })),
      name,
    )
    if (found) action(found.id)
    else chat.answer('command.nobody', { name })
  }
  const asModerator = (name: string, action: (id: string) => Promise<void>) =>
    withPerson(name, (id) => void action(id).catch(() => chat.answer('notice.notAllowed')))

  switch (command.kind) {
    case 'mute':
      return does.setMuted(true)
    case 'unmute':
      return does.setMuted(false)
    case 'camera':
      return does.toggleCamera()
    case 'share':
      return does.toggleShare()
    case 'hand':
      return does.toggleHand()
    case 'layout':
      return does.toggleView()
    case 'leave':
      return does.leave()
    case 'help':
      return chat.answer('command.help')
    case 'pin':
      return withPerson(command.name, (id) => model.pin(id))
    case 'message':
      return withPerson(command.name, (id) => meeting.sendChat(command.text, id))
    case 'mute-other':
      return asModerator(command.name, (id) => meeting.muteParticipant(id, 'audio'))
    case 'kick':
      return asModerator(command.name, (id) => meeting.kick(id, command.reason))
    case 'moderator':
      return asModerator(command.name, (id) => meeting.grantModerator(id))
    case 'name':
      return does.rename(command.text)
    case 'subject':
      return meeting.setSubject(command.text)
    case 'incomplete':
      return chat.answer('command.incomplete', { word: command.word })
    case 'unknown':
      return chat.answer('command.unknown', { word: command.word })
  }
}
