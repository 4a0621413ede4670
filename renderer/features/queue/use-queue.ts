import { useNavigate, useSearch } from '@tanstack/react-router'
import type { InputAt } from '../../api/paths.ts'
import { useApi, useCall, useCallOnce } from '../../api/hooks.ts'
import type { Send } from '#shared/contract/sends'
import type { SendPriority } from '#shared/domain/taxonomy'
import type { WallTime } from '#shared/domain/wall-time'
import { showNote } from '../../ui/note.ts'
import { cancelledText, movedText } from './moved-text.ts'
import { readQueueSearch, writeQueueSearch, type QueueSearch } from './queue-search.ts'
import { TABS } from './tabs.ts'

/** What is shown is in the address, so that Back works and other pages can point here. */
export function useQueueView() {
  const navigate = useNavigate()
  const view = readQueueSearch(useSearch({ strict: false }))
  return {
    view,
    show: (part: Partial<QueueSearch>, options: { replace?: boolean } = {}) =>
      void navigate({
        to: '/queue',
        search: writeQueueSearch({ ...view, ...part }),
        replace: options.replace ?? false,
      }),
  }
}

export function useCounts() {
  return useApi('sends.counts', {}).data
}

export function useQueueFilters() {
  return {
    campaigns: useApi('campaigns.list', { limit: 200 }).data ?? [],
    mailboxes: useApi('mailboxes.list', {}).data ?? [],
  }
}

/** How many mails each campaign's sequence has, by campaign. */
export function useStepCounts(): ReadonlyMap<number, number> {
  const { data } = useApi('campaigns.list', { limit: 200 })
  return new Map(data?.map(({ id, steps }) => [id, steps.length]))
}

/** The question behind the list on screen. */
export function listInput({ tab, campaignId, mailboxId }: QueueSearch): InputAt<'sends.list'> {
  return { status: [...TABS[tab].statuses], campaignId, mailboxId }
}

export function useSend(sendId: number | null) {
  return useApi('sends.get', { sendId: sendId ?? 1 }, { enabled: sendId !== null })
}

/** Why a waiting mail goes when it goes. */
export function useExplanation(sendId: Send['id']) {
  return useApi('sends.explain', { sendId })
}

/** Changes of many sends at once; each says what it did. */
export function useBulk() {
  const cancel = useCall('sends.cancel')
  const prioritise = useCall('sends.prioritise')
  const retry = useCall('sends.retry')
  const leaveOut = useCall('sends.leaveOut')
  const reschedule = useCall('sends.reschedule')
  const release = useCall('sends.release')
  const say = (what: string) => (moved: { changed: number; kept: number }) => showNote(movedText(moved, what))
  const chosen = (ids: readonly number[]) => ({ selection: { by: 'ids' as const, ids: [...ids] } })
  return {
    isBusy: [cancel, prioritise, retry, leaveOut, reschedule, release].some((call) => call.isPending),
    cancel: (ids: readonly number[]) =>
      cancel.mutate(chosen(ids), { onSuccess: (moved) => showNote(cancelledText(moved)) }),
    retry: (ids: readonly number[]) => retry.mutate(chosen(ids), { onSuccess: say('put back into the queue') }),
    leaveOut: (ids: readonly number[]) => leaveOut.mutate(chosen(ids), { onSuccess: say('left out') }),
    reschedule: (ids: readonly number[], at: WallTime) =>
      reschedule.mutate({ ...chosen(ids), at }, { onSuccess: say('moved to that time') }),
    release: (ids: readonly number[]) => release.mutate(chosen(ids), { onSuccess: say('let go as they are') }),
    prioritise: (ids: readonly number[], priority: SendPriority) =>
      prioritise.mutate({ ...chosen(ids), priority }, { onSuccess: say('moved') }),
  }
}

export function useSettle() {
  return useCall('sends.settle')
}

export function useLookAgain() {
  return useCall('sends.lookAgain')
}

/** The latest looks for each of these sends. */
export function useLooks(sendIds: readonly number[]) {
  const { data } = useApi('sends.looks', { sendIds: [...sendIds] }, { enabled: sendIds.length > 0, keepPrevious: true })
  return new Map((data ?? []).map(({ sendId, looks }) => [Number(sendId), looks]))
}

/** As many as one change may name. */
export const MOST_CHOSEN = 10_000
const PIECE = 500

/** Every send the list would show, up to `MOST_CHOSEN`, by id. */
export function useAllIds() {
  const call = useCallOnce()
  return async (input: InputAt<'sends.list'>): Promise<number[]> => {
    const ids: number[] = []
    for (let offset = 0; offset < MOST_CHOSEN; offset += PIECE) {
      const { rows, total } = await call('sends.list', { ...input, offset, limit: PIECE })
      ids.push(...rows.map((send) => send.id))
      if (rows.length === 0 || ids.length >= total) break
    }
    return [...new Set(ids)].slice(0, MOST_CHOSEN)
  }
}
