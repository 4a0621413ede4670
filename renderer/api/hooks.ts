import {
  keepPreviousData,
  useMutation,
  useQuery,
  useQueryClient,
  type UseMutationResult,
  type UseQueryResult,
} from '@tanstack/react-query'
import { useCallback, useSyncExternalStore } from 'react'
import type { ApiError } from './api-error.ts'
import { areaOf } from './cache.ts'
import type { InputAt, MutationPath, OutputAt, QueryPath } from './paths.ts'
import { useApiContext } from './provider.tsx'
import type { Connection } from './transport.ts'

/** What the host knows; asked again by itself when a fact makes it old. `keepPrevious`: shows the last answer meanwhile. */
export function useApi<P extends QueryPath>(
  path: P,
  input: InputAt<P>,
  options: { enabled?: boolean; keepPrevious?: boolean } = {},
): UseQueryResult<OutputAt<P>, ApiError> {
  const { client } = useApiContext()
  return useQuery<OutputAt<P>, ApiError, OutputAt<P>, [P, InputAt<P>]>({
    queryKey: [path, input],
    queryFn: () => client.call(path, input),
    enabled: options.enabled ?? true,
    ...(options.keepPrevious === true ? { placeholderData: keepPreviousData } : {}),
  })
}

/** A change. A failure shows its sentence as a toast unless `quiet`. */
export function useCall<P extends MutationPath>(
  path: P,
  options: { quiet?: boolean } = {},
): UseMutationResult<OutputAt<P>, ApiError, InputAt<P>> {
  const { client, onFailure } = useApiContext()
  const cache = useQueryClient()
  return useMutation<OutputAt<P>, ApiError, InputAt<P>>({
    mutationFn: (input) => client.call(path, input),
    onSuccess: () => {
      void cache.invalidateQueries({ predicate: ({ queryKey }) => areaOf(queryKey[0]) === areaOf(path) })
    },
    onError: (error) => {
      if (options.quiet !== true) onFailure(error)
    },
  })
}

/** For calls made from code rather than shown: exports, pieces of a file. The caller handles the failure. */
export function useCallOnce(): <P extends QueryPath | MutationPath>(
  path: P,
  input: InputAt<P>,
) => Promise<OutputAt<P>> {
  const { client } = useApiContext()
  return useCallback((path, input) => client.call(path, input), [client])
}

export function useConnection(): Connection {
  const { client } = useApiContext()
  return useSyncExternalStore(client.onConnection, () => client.connection)
}
