import { useApi, useCall } from '../../api/hooks.ts'
import type { OutputAt } from '../../api/paths.ts'

export type HistoryImport = OutputAt<'history.imports'>[number]

export function useHistoryImports() {
  return useApi('history.imports', {})
}

/** Mailboxes whose Sent folder can be looked through. */
export function useReadableMailboxes() {
  return useApi('mailboxes.list', {}).data?.filter(({ mayRead }) => mayRead)
}

export function useReadMailbox() {
  return useCall('history.readMailbox')
}

/** What can be done with one import; each shows its own failure as a toast. */
export function useImportActions() {
  const stop = useCall('history.stop')
  const resume = useCall('history.resume')
  const keep = useCall('history.keep')
  const discard = useCall('history.discard')
  const undo = useCall('history.undo')
  return {
    isBusy: [stop, resume, keep, discard, undo].some((call) => call.isPending),
    stop: stop.mutate,
    resume: resume.mutate,
    keep: keep.mutate,
    discard: discard.mutate,
    undo: undo.mutate,
  }
}
