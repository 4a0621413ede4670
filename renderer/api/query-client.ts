import { QueryClient } from '@tanstack/react-query'

/** The host is on this machine: being offline is no reason to wait, and a failure is not retried behind the rep's back. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        networkMode: 'always',
        retry: false,
        refetchOnWindowFocus: false,
        refetchOnReconnect: false,
        staleTime: 1_000,
      },
      mutations: { networkMode: 'always', retry: false },
    },
  })
}
