import { useApi, useCall } from '../../api/hooks.ts'
import type { OutputAt } from '../../api/paths.ts'

export type Client = OutputAt<'signIn.clients'>[number]

/** How Google and Microsoft know this app; undefined until the first answer. */
export function useClients() {
  return useApi('signIn.clients', {})
}

/** Its failure is shown in the form. */
export function useSaveClient() {
  return useCall('signIn.saveClient', { quiet: true })
}

/** A page in a browser hears nothing of sleep. */
export function useIsBrowser(): boolean {
  return useApi('app.status', {}).data?.host === 'web'
}

/** The desktop app opens no pages of others. */
export function useCanOpenPages(): boolean {
  return useApi('app.status', {}).data?.host !== 'desktop'
}
