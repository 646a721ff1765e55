import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import type { ChatLine } from '../../state/chat-model'
import { parseCommand } from '../../state/commands'
import { linkSegments } from '../../state/links'
import { useApp, useModel } from '../context'
import { Icon } from '../icons/Icon'
import { IconButton } from '../parts/Button'
import { currentLanguage, t, type Key } from '../strings/t'
import { runCommand } from './run-command'
import { SidePanel } from './SidePanel'
import { useMeetingView } from './view'

export function ChatPanel() {
  const model = useModel()
  const list = useRef<HTMLDivElement>(null)
  const atEnd = useRef(true)
  const lines = model.chat.lines.value
  useEffect(() => {
    // New lines scroll into view unless somebody is reading further up.
    if (atEnd.current && list.current) list.current.scrollTop = list.current.scrollHeight
  }, [lines.length])
  return (
    <SidePanel title={t('chat.title')} testId="chat-panel">
      <div
        ref={list}
        class="chat-lines"
        role="log"
        aria-live="polite"
        tabIndex={0}
        onScroll={(event) => {
          const { scrollTop, scrollHeight, clientHeight } = event.currentTarget
          atEnd.current = scrollHeight - scrollTop - clientHeight < 40
        }}
      >
        {lines.length === 0 && <p class="panel-empty">{t('chat.empty')}</p>}
        {lines.map((line, i) => (
          <Line key={line.kind === 'message' ? line.message.id : line.id} line={line} previous={lines[i - 1]} />
        ))}
      </div>
      <ChatInput />
    </SidePanel>
  )
}

function Line({ line, previous }: { line: ChatLine; previous: ChatLine | undefined }) {
  const model = useModel()
  if (line.kind === 'answer') return <p class="chat-answer">{t(line.key as Key, line.values)}</p>
  const { message } = line
  const before = previous?.kind === 'message' ? previous.message : undefined
  const continues =
    before?.from === message.from && before.privateTo === message.privateTo && message.time.getTime() - before.time.getTime() < 120_000
  const author = message.own ? t('person.you') : message.displayName || t('person.unnamed')
  const recipient = message.privateTo && message.own ? model.nameOf(message.privateTo) || t('person.unnamed') : undefined
  return (
    <div
      class={`chat-line${message.own ? ' chat-own' : ''}${message.privateTo ? ' chat-private' : ''}${continues ? ' chat-continued' : ''}`}
      data-testid="chat-message"
      data-from={message.from}
    >
      {!continues && (
        <p class="chat-head">
          <strong dir="auto">{author}</strong>
          <time dateTime={message.time.toISOString()}>{message.time.toLocaleTimeString(currentLanguage(), { hour: '2-digit', minute: '2-digit' })}</time>
        </p>
      )}
      {message.privateTo && !continues && (
        <p class="chat-note">
          <Icon name="lock" size="small" /> {recipient ? t('chat.privateTo', { name: recipient }) : t('chat.privateToYou')}
        </p>
      )}
      <p class="chat-text" dir="auto">
        {linkSegments(message.text).map((segment, i) =>
          segment.href ? (
            <a key={i} href={segment.href} target="_blank" rel="noopener noreferrer nofollow">
              {segment.text}
            </a>
          ) : (
            segment.text
          ),
        )}
      </p>
      {message.privateTo && !message.own && (
        <button type="button" class="text-button" onClick={() => (model.chat.to.value = message.from)}>
          {t('chat.replyPrivately')}
        </button>
      )}
    </div>
  )
}

const maxLength = 4000

function ChatInput() {
  const app = useApp()
  const model = useModel()
  const view = useMeetingView()
  const text = useSignal('')
  const field = useRef<HTMLTextAreaElement>(null)
  const to = model.chat.to.value
  const send = () => {
    const message = text.value.trim()
    if (!message) return
    const command = parseCommand(message)
    if (command) runCommand(command, app, model, view)
    else model.meeting.sendChat(message.startsWith('//') ? message.slice(1) : message, to || undefined)
    text.value = ''
    field.current?.focus()
  }
  useEffect(() => {
    const element = field.current
    if (!element) return
    element.style.blockSize = 'auto'
    element.style.blockSize = `${Math.min(element.scrollHeight + 2, 140)}px`
  }, [text.value])
  return (
    <form
      class="chat-form"
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      {model.people.value.length > 0 && (
        <label class="chat-to">
          <span>{t('chat.to')}</span>
          <select value={to} onChange={(event) => (model.chat.to.value = event.currentTarget.value)} data-testid="chat-to">
            <option value="">{t('chat.everyone')}</option>
            {model.people.value.map((person) => (
              <option key={person.id} value={person.id}>
                {person.name.value || t('person.unnamed')}
              </option>
            ))}
          </select>
        </label>
      )}
      <div class={`chat-row${to ? ' chat-row-private' : ''}`}>
        <textarea
          ref={field}
          rows={1}
          dir="auto"
          maxLength={maxLength}
          aria-label={to ? t('chat.inputPrivate', { name: model.nameOf(to) || t('person.unnamed') }) : t('chat.input')}
          placeholder={to ? t('chat.inputPrivate', { name: model.nameOf(to) || t('person.unnamed') }) : t('chat.input')}
          value={text.value}
          onInput={(event) => (text.value = event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
            event.preventDefault()
            send()
          }}
          data-first-focus
          data-testid="chat-input"
        />
        <IconButton icon="send" label={t('chat.send')} look="quiet" onClick={send} testId="chat-send" />
      </div>
    </form>
  )
}
