import type { ComponentChildren, RefObject } from 'preact'
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks'
import { place } from './place'

interface PopoverProps {
  /** What it belongs to: it opens beside it, and focus goes back there. */
  anchor: RefObject<HTMLElement | null> | DOMRect
  onClose: () => void
  children: ComponentChildren
  role?: 'menu' | 'dialog'
  label: string
  class?: string
  testId?: string
}

/** A box in the browser's top layer beside its anchor. Escape and a click outside close it. */
export function Popover({ anchor, onClose, children, role = 'dialog', label, class: extra = '', testId }: PopoverProps) {
  const box = useRef<HTMLDivElement>(null)
  const close = useRef(onClose)
  close.current = onClose

  useLayoutEffect(() => {
    const element = box.current
    if (!element) return undefined
    const before = document.activeElement
    element.showPopover?.()
    const arrange = () => {
      const rect = 'current' in anchor ? anchor.current?.getBoundingClientRect() : anchor
      if (!rect) return
      const { left, top } = place(rect, element.getBoundingClientRect(), { width: innerWidth, height: innerHeight })
      element.style.left = `${left}px`
      element.style.top = `${top}px`
    }
    arrange()
    element.querySelector<HTMLElement>('[role^=menuitem], button, input, [tabindex]')?.focus({ preventScroll: true })
    const onToggle = (event: Event) => {
      if ((event as ToggleEvent).newState === 'closed') close.current()
    }
    element.addEventListener('toggle', onToggle)
    const resized = new ResizeObserver(arrange)
    resized.observe(element)
    addEventListener('resize', arrange)
    return () => {
      element.removeEventListener('toggle', onToggle)
      resized.disconnect()
      removeEventListener('resize', arrange)
      const inside = !document.activeElement || document.activeElement === document.body || element.contains(document.activeElement)
      if (inside && before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true })
    }
  }, [])

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape') {
        event.stopPropagation()
        close.current()
      }
    }
    const element = box.current
    element?.addEventListener('keydown', onKey)
    return () => element?.removeEventListener('keydown', onKey)
  }, [])

  return (
    <div ref={box} popover="auto" class={`popover ${extra}`} role={role} aria-label={label} data-testid={testId}>
      {children}
    </div>
  )
}
