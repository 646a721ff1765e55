import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import type { Admin } from './admin'

export const AdminContext = createContext<Admin | undefined>(undefined)

export function useAdmin(): Admin {
  const admin = useContext(AdminContext)
  if (!admin) throw new Error('No admin above this component')
  return admin
}
