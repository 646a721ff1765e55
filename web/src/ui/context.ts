import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import type { App } from '../state/app'
import type { MeetingModel } from '../state/meeting-model'

export const AppContext = createContext<App | undefined>(undefined)
export const ModelContext = createContext<MeetingModel | undefined>(undefined)

export function useApp(): App {
  const app = useContext(AppContext)
  if (!app) throw new Error('No app above this component')
  return app
}

export function useModel(): MeetingModel {
  const model = useContext(ModelContext)
  if (!model) throw new Error('No meeting above this component')
  return model
}
