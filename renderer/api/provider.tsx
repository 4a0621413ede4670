import { createContext, use, type ReactNode } from 'react'
import type { ApiError } from './api-error.ts'
import type { ApiClient } from './client.ts'

interface Api {
  readonly client: ApiClient
  /** Tells the rep that a change did not happen. */
  readonly onFailure: (error: ApiError) => void
}

const ApiContext = createContext<Api | null>(null)

export function ApiProvider({ client, onFailure, children }: Api & { readonly children: ReactNode }) {
  return <ApiContext value={{ client, onFailure }}>{children}</ApiContext>
}

export function useApiContext(): Api {
  const api = use(ApiContext)
  if (api === null) throw new Error('A component that calls the API is outside ApiProvider.')
  return api
}
