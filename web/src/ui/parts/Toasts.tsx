import type { Notices } from '../../state/notices'
import { useApp } from '../context'
import { Icon } from '../icons/Icon'
import { t, text, type Key } from '../strings/t'

/** Short messages at the top of the page, at most three, read out politely. */
export function Toasts() {
  return <ToastList notices={useApp().notices} />
}

export function ToastList({ notices }: { notices: Notices }) {
  return (
    <div class="toasts" role="status" aria-live="polite">
      {notices.shown.value.map((notice) => (
        <div key={notice.id} class={`toast toast-${notice.tone}`} data-testid="toast" data-key={notice.key}>
          {notice.tone !== 'plain' && <Icon name="warning" size="small" />}
          <span class="toast-text" dir="auto">
            {text(notice.key, named(notice.values)) ?? t('notice.generic')}
          </span>
          {notice.action && (
            <button
              type="button"
              class="toast-action"
              onClick={() => {
                notice.action?.run()
                notices.dismiss(notice.id)
              }}
            >
              {t(notice.action.key as Key)}
            </button>
          )}
          <button type="button" class="toast-close" aria-label={t('action.dismiss')} onClick={() => notices.dismiss(notice.id)}>
            <Icon name="close" size="small" />
          </button>
        </div>
      ))}
    </div>
  )
}

/** People without a name have one in the catalogue. */
function named(values: Record<string, string | number>): Record<string, string | number> {
  return values['name'] === '' ? { ...values, name: t('person.unnamed') } : values
}
