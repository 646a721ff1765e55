import { useModel } from '../context'
import { t } from '../strings/t'
import { reactions } from './reactions'

/** Emoji that rise from the bottom with the name of who sent them. */
export function FloatingReactions() {
  const model = useModel()
  return (
    <div class="floating" role="log" aria-live="polite" data-testid="reactions">
      {model.reactions.value.map(({ key, from, reaction }) => {
        const known = reactions.get(reaction)
        if (!known) return null
        const name = from === model.selfId.value ? t('person.you') : model.nameOf(from) || t('person.unnamed')
        return (
          <span key={key} class="floating-reaction" style={{ '--start': `${8 + ((key * 37) % 60)}%` }}>
            <span class="floating-emoji" role="img" aria-label={t(known.label)}>
              {known.emoji}
            </span>
            <span class="floating-name" dir="auto">
              {name}
            </span>
          </span>
        )
      })}
    </div>
  )
}
