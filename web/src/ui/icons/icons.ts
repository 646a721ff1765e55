import activity from 'lucide-static/icons/activity.svg?icon'
import add from 'lucide-static/icons/plus.svg?icon'
import chat from 'lucide-static/icons/message-square-text.svg?icon'
import camera from 'lucide-static/icons/video.svg?icon'
import cameraOff from 'lucide-static/icons/video-off.svg?icon'
import check from 'lucide-static/icons/check.svg?icon'
import chevronDown from 'lucide-static/icons/chevron-down.svg?icon'
import chevronUp from 'lucide-static/icons/chevron-up.svg?icon'
import close from 'lucide-static/icons/x.svg?icon'
import copy from 'lucide-static/icons/copy.svg?icon'
import dots from 'lucide-static/icons/ellipsis.svg?icon'
import dotsVertical from 'lucide-static/icons/ellipsis-vertical.svg?icon'
import fullscreen from 'lucide-static/icons/maximize.svg?icon'
import gear from 'lucide-static/icons/settings.svg?icon'
import grid from 'lucide-static/icons/layout-grid.svg?icon'
import hand from 'lucide-static/icons/hand.svg?icon'
import help from 'lucide-static/icons/keyboard.svg?icon'
import hourglass from 'lucide-static/icons/hourglass.svg?icon'
import info from 'lucide-static/icons/info.svg?icon'
import key from 'lucide-static/icons/key-round.svg?icon'
import leave from 'lucide-static/icons/phone-off.svg?icon'
import link from 'lucide-static/icons/link.svg?icon'
import lock from 'lucide-static/icons/lock.svg?icon'
import microphone from 'lucide-static/icons/mic.svg?icon'
import microphoneOff from 'lucide-static/icons/mic-off.svg?icon'
import people from 'lucide-static/icons/users-round.svg?icon'
import pin from 'lucide-static/icons/pin.svg?icon'
import pinOff from 'lucide-static/icons/pin-off.svg?icon'
import quality from 'lucide-static/icons/gauge.svg?icon'
import remove from 'lucide-static/icons/user-round-x.svg?icon'
import reroll from 'lucide-static/icons/dices.svg?icon'
import screen from 'lucide-static/icons/screen-share.svg?icon'
import screenOff from 'lucide-static/icons/screen-share-off.svg?icon'
import send from 'lucide-static/icons/send-horizontal.svg?icon'
import smile from 'lucide-static/icons/face-slightly-smiling-plus.svg?icon'
import speaker from 'lucide-static/icons/volume-2.svg?icon'
import speakerView from 'lucide-static/icons/panel-right.svg?icon'
import star from 'lucide-static/icons/shield-check.svg?icon'
import trash from 'lucide-static/icons/trash.svg?icon'
import time from 'lucide-static/icons/clock.svg?icon'
import user from 'lucide-static/icons/user-round.svg?icon'
import warning from 'lucide-static/icons/triangle-alert.svg?icon'
import lost from 'lucide-static/icons/wifi-off.svg?icon'

/** The page's icons: one set (Lucide), one stroke width, drawn from data. */
export const icons = {
  activity,
  add,
  camera,
  cameraOff,
  chat,
  check,
  chevronDown,
  chevronUp,
  close,
  copy,
  dots,
  dotsVertical,
  fullscreen,
  gear,
  grid,
  hand,
  help,
  hourglass,
  info,
  key,
  leave,
  link,
  lock,
  lost,
  microphone,
  microphoneOff,
  people,
  pin,
  pinOff,
  quality,
  remove,
  reroll,
  screen,
  screenOff,
  send,
  smile,
  speaker,
  speakerView,
  star,
  time,
  trash,
  user,
  warning,
}

export type IconName = keyof typeof icons
