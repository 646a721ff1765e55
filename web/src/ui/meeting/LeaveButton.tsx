import { useSignal } from '@preact/signals'
import { useRef } from 'preact/hooks'
import { useApp, useModel } from '../context'
import { IconButton } from '../parts/Button'
import { Menu, MenuItem } from '../parts/Menu'
import { t } from '../strings/t'
import { useMeetingView } from './view'

/** Leaves; a moderator who is not alone is asked whether the others are to leave too. */
export function LeaveButton() {
  const app = useApp()
  const model = useModel()
  const view = useMeetingView()
  const open = useSignal(false)
  const button = useRef<HTMLDivElement>(null)
  const choice = model.moderator.value && model.people.value.length > 0
  const close = () => (open.value = false)
  return (
    <div class="leave" ref={button}>
      <IconButton
        icon="leave"
        look="danger"
        label={t('leave.title')}
        {...(choice && { expanded: open.value })}
        onClick={() => (choice ? (open.value = !open.value) : void app.leave())}
        testId="toolbar-leave"
      />
      {open.value && (
        <Menu anchor={button} label={t('leave.title')} onClose={close}>
          <MenuItem icon="leave" onClick={() => void app.leave()} testId="leave-only">
            {t('leave.only')}
          </MenuItem>
          <MenuItem
            icon="people"
            danger
            onClick={() => {
              close()
              view.ask({ kind: 'end' })
            }}
            testId="leave-all"
          >
            {t('leave.all')}
          </MenuItem>
        </Menu>
      )}
    </div>
  )
}
