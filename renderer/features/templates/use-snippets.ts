import { useApi, useCall } from '../../api/hooks.ts'
import type { OutputAt } from '../../api/paths.ts'

export type Snippet = OutputAt<'snippets.list'>[number]

/** By name. */
export function useSnippets(): readonly Snippet[] {
  return useApi('snippets.list', {}).data ?? []
}

export function useSaveSnippet() {
  return useCall('snippets.save', { quiet: true })
}

export function useRemoveSnippet() {
  return useCall('snippets.remove')
}
