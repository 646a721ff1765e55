import { t, type Key } from '../../ui/strings/t'
import type { Policy } from '../api'

export const policies: readonly { policy: Policy; title: Key; text: Key }[] = [
  { policy: 'open', title: 'admin.policy.open', text: 'admin.policy.openText' },
  { policy: 'hosts', title: 'admin.policy.hosts', text: 'admin.policy.hostsText' },
  { policy: 'members', title: 'admin.policy.members', text: 'admin.policy.membersText' },
]

interface PolicyChoiceProps {
  value: Policy
  onChange: (policy: Policy) => void
  disabled?: boolean
}

/** Who may start meetings. */
export function PolicyChoice({ value, onChange, disabled = false }: PolicyChoiceProps) {
  return (
    <fieldset class="choices policy" disabled={disabled}>
      <legend>{t('admin.policy.title')}</legend>
      {policies.map(({ policy, title, text }) => (
        <label key={policy} class="choice">
          <input type="radio" name="policy" value={policy} checked={value === policy} onChange={() => onChange(policy)} data-testid={`policy-${policy}`} />
          <span>
            <strong>{t(title)}</strong>
            <small>{t(text)}</small>
          </span>
        </label>
      ))}
    </fieldset>
  )
}
