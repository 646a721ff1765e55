import { ToastList } from '../ui/parts/Toasts'
import type { Admin } from './admin'
import { AdminContext } from './context'
import { Frame } from './screens/Frame'
import { Setup } from './screens/Setup'
import { SetupOver } from './screens/SetupOver'
import { SignIn } from './screens/SignIn'

/** The screen that is due. */
export function AdminRoot({ admin }: { admin: Admin }) {
  return (
    <AdminContext.Provider value={admin}>
      <Current admin={admin} />
      <ToastList notices={admin.notices} />
    </AdminContext.Provider>
  )
}

function Current({ admin }: { admin: Admin }) {
  switch (admin.screen.value) {
    case 'loading':
      return <div class="page centred" aria-busy="true" />
    case 'setup':
      return <Setup />
    case 'setup-over':
      return <SetupOver />
    case 'sign-in':
      return <SignIn />
    case 'main':
      return <Frame />
  }
}
