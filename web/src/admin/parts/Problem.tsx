import { Icon } from '../../ui/icons/Icon'
import { t, text } from '../../ui/strings/t'
import { problemKey } from '../admin'

/** Why a form could not be sent, beside its fields. */
export function Problem({ error }: { error: unknown }) {
  if (!error) return null
  return (
    <p class="problem" role="alert" data-testid="problem">
      <Icon name="warning" size="small" /> {text(problemKey(error)) ?? t('admin.problem.other')}
    </p>
  )
}
