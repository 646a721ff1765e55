import { useSignal, type ReadonlySignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'

const hideAfterMs = 4000

/**
 * Whether the controls are to be seen: for four seconds after each movement, and always while one of them has focus
 * from the keyboard. A touch on the pictures shows or hides them.
 */
export function useControlsVisible(): ReadonlySignal<boolean> {
  const visible = useSignal(true)
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const inUse = () => document.querySelector('.toolbar:hover, .toolbar:has(:focus-visible), .toolbar [aria-expanded=true]') !== null
    const hide = () => {
      if (inUse()) timer = setTimeout(hide, hideAfterMs)
      else visible.value = false
    }
    const show = () => {
      visible.value = true
      clearTimeout(timer)
      timer = setTimeout(hide, hideAfterMs)
    }
    const onPointer = (event: PointerEvent) => {
      if (event.pointerType === 'touch') {
        if (event.type !== 'pointerup') return
        const onStage = (event.target as Element).closest?.('.stage') && !(event.target as Element).closest('button')
        if (onStage && visible.value) {
          clearTimeout(timer)
          visible.value = false
          return
        }
      }
      show()
    }
    show()
    addEventListener('pointermove', onPointer)
    addEventListener('pointerdown', onPointer)
    addEventListener('pointerup', onPointer)
    addEventListener('keydown', show)
    addEventListener('focusin', show)
    return () => {
      clearTimeout(timer)
      removeEventListener('pointermove', onPointer)
      removeEventListener('pointerdown', onPointer)
      removeEventListener('pointerup', onPointer)
      removeEventListener('keydown', show)
      removeEventListener('focusin', show)
    }
  }, [])
  return visible
}
