import type { App } from '../../state/app'
import type { MeetingModel } from '../../state/meeting-model'
import { inviteAddress } from '../router'
import type { MeetingView } from './view'

/** What buttons, shortcuts and typed commands do alike. */
export function actions(app: App, model: MeetingModel, view: MeetingView) {
  const { media, notices, settings } = app
  return {
    toggleMicrophone: () => void setMuted(app, !media.muted.peek()),
    setMuted: (muted: boolean) => void setMuted(app, muted),
    toggleCamera: () => void setCameraOff(app, !media.cameraOff.peek()),
    toggleShare: () => (media.screen.peek() ? media.stopScreen() : void media.shareScreen()),
    toggleHand: () => model.raiseHand(model.handRaisedAt.peek() === 0),
    toggleView: () => model.setView(model.view.peek() === 'speaker' ? 'tiles' : 'speaker'),
    rename: (name: string) => {
      settings.displayName.value = name.trim().slice(0, 80)
      model.meeting.setDisplayName(settings.displayName.value)
    },
    toggleFullscreen: () => {
      if (document.fullscreenElement) void document.exitFullscreen()
      else void document.documentElement.requestFullscreen?.().catch(() => undefined)
    },
    copyInvitation: () => {
      const address = inviteAddress(app.room.peek())
      navigator.clipboard
        ?.writeText(address)
        .then(() => notices.show({ key: 'notice.copied', tag: 'copied' }))
        .catch(() => notices.show({ key: 'notice.notCopied', values: { address }, tag: 'copied', seconds: 20 }))
    },
    leave: () => void app.leave(),
    showHelp: () => (view.dialog.value = 'shortcuts'),
  }
}

async function setMuted({ media, notices }: App, muted: boolean): Promise<void> {
  notices.dismissTag('talking')
  await media.setMuted(muted)
  const problem = media.microphoneProblem.peek()
  if (!muted && !media.microphone.peek() && problem) {
    notices.show({ key: `problem.microphone.${problem}`, tone: 'problem', tag: 'microphone', seconds: 10 })
  }
}

async function setCameraOff({ media, notices }: App, off: boolean): Promise<void> {
  await media.setCameraOff(off)
  const problem = media.cameraProblem.peek()
  if (!off && !media.camera.peek() && problem) {
    notices.show({ key: `problem.camera.${problem}`, tone: 'problem', tag: 'camera', seconds: 10 })
  }
}
