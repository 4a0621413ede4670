import { Text } from '@mantine/core'
import type { HotkeyItem } from '@mantine/hooks'
import { modals } from '@mantine/modals'
import type { SendPriority } from '#shared/domain/taxonomy'
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
  return { keys, cancel, prioritise, retry, isBusy: bulk.isBusy }
}

export type Commands = ReturnType<typeof useCommands>

/** Cancelling ends a mail for good, so it is asked about first. */
export function askToCancel(count: number, onYes: () => void): void {
  modals.openConfirmModal({
    title: count === 1 ? 'Cancel this mail?' : `Cancel ${mails(count)}?`,
    children: (
      <Text size="sm">
        {count === 1 ? 'It' : 'They'} will not be sent. Mail that is already on its way cannot be taken back and stays
        as it is.
      </Text>
    ),
    labels: { confirm: count === 1 ? 'Cancel the mail' : 'Cancel the mails', cancel: 'Keep waiting' },
    confirmProps: { color: 'red' },
    onConfirm: onYes,
  })
}
