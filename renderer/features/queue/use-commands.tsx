import { Text } from '@mantine/core'
import type { HotkeyItem } from '@mantine/hooks'
import { modals } from '@mantine/modals'
import type { SendPriority } from '#shared/domain/taxonomy'
import type { WallTime } from '#shared/domain/wall-time'
import { mails } from './moved-text.ts'
import type { QueueTab } from './tabs.ts'
import type { List } from './use-list.ts'
import { useBulk } from './use-queue.ts'

/** What can be done with the chosen mails of a tab, by button and by key. */
export function useCommands(list: List, tab: QueueTab) {
  const bulk = useBulk()
  const isWaiting = tab === 'waiting'
  const ifAny = (act: (ids: number[]) => void) => () => {
    const ids = list.targets()
    if (ids.length > 0 && !bulk.isBusy) act(ids)
  }

  const cancel = ifAny((ids) =>
    askToCancel(ids.length, () => {
      bulk.cancel(ids)
      list.clear()
    }),
  )
  const prioritise = (priority: SendPriority) => ifAny((ids) => bulk.prioritise(ids, priority))()
  const leaveOut = ifAny((ids) =>
    askToLeaveOut(ids.length, () => {
      bulk.leaveOut(ids)
      list.clear()
    }),
  )
  const reschedule = (at: WallTime) =>
    ifAny((ids) => {
      bulk.reschedule(ids, at)
      list.clear()
    })()
  const release = ifAny((ids) => {
    bulk.release(ids)
    list.clear()
  })
  const retry = ifAny((ids) => {
    bulk.retry(ids)
    list.clear()
  })

  const waitingKeys: HotkeyItem[] = [
    ['Delete', cancel],
    ['1', () => prioritise(0)],
    ['2', () => prioritise(1)],
    ['3', () => prioritise(2)],
  ]
  const keys: HotkeyItem[] = isWaiting ? waitingKeys : tab === 'failed' ? [['r', retry]] : []
  return { keys, cancel, prioritise, leaveOut, reschedule, release, retry, isBusy: bulk.isBusy }
}

export type Commands = ReturnType<typeof useCommands>

/** Cancelling ends a mail for good, so it is asked about first. */
export function askToCancel(count: number, onYes: () => void): void {
  modals.openConfirmModal({
    title: count === 1 ? 'Cancel this mail?' : `Cancel ${mails(count)}?`,
    children: (
      <Text size="sm">
        {count === 1 ? 'It' : 'They'} will not be sent. What Exchange holds is taken back. Mail that is already on its
        way cannot be, and stays as it is.
      </Text>
    ),
    labels: { confirm: count === 1 ? 'Cancel the mail' : 'Cancel the mails', cancel: 'Keep waiting' },
    confirmProps: { color: 'red' },
    onConfirm: onYes,
  })
}

/** A mail that is left out does not go, although the sequence goes on: asked about, because it cannot be taken back. */
function askToLeaveOut(count: number, onYes: () => void): void {
  modals.openConfirmModal({
    title: `Leave ${mails(count)} out?`,
    children: (
      <Text size="sm">
        {count === 1 ? 'It' : 'They'} will not be sent. The mails that follow in the campaign still go, as if{' '}
        {count === 1 ? 'it' : 'they'} had been.
      </Text>
    ),
    labels: { confirm: 'Leave out', cancel: 'Keep waiting' },
    onConfirm: onYes,
  })
}
