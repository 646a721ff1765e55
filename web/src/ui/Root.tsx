import type { App } from '../state/app'
import { AppContext, useApp } from './context'
import { MeetingScreen } from './meeting/MeetingScreen'
import { LoginDialog } from './parts/LoginDialog'
import { PasswordDialog } from './parts/PasswordDialog'
import { Toasts } from './parts/Toasts'
import { Joining } from './screens/Joining'
import { Left } from './screens/Left'
import { Prejoin } from './screens/Prejoin'
import { Waiting } from './screens/Waiting'
import { Welcome } from './screens/Welcome'

export function Root({ app }: { app: App }) {
  return (
    <AppContext.Provider value={app}>
      <CurrentScreen />
      <CurrentQuestion />
      <Toasts />
    </AppContext.Provider>
  )
}

function CurrentScreen() {
  const app = useApp()
  switch (app.screen.value) {
    case 'welcome':
      return <Welcome />
    case 'prejoin':
      return <Prejoin />
    case 'joining':
      return <Joining />
    case 'waiting-for-host':
      return <Waiting />
    case 'meeting':
      return app.model.value && <MeetingScreen model={app.model.value} />
    case 'left':
      return app.left.value && <Left reason={app.left.value} />
  }
}

function CurrentQuestion() {
  const app = useApp()
  const question = app.question.value
  const close = () => (app.question.value = null)
  if (question?.kind === 'password') {
    return <PasswordDialog key={String(question.wrong)} wrong={question.wrong} onClose={close} onSubmit={(password) => void app.answerPassword(password)} />
  }
  if (question?.kind === 'login') {
    return <LoginDialog wrong={question.wrong} onClose={close} onSubmit={(account) => void app.signIn(account)} />
  }
  return null
}
