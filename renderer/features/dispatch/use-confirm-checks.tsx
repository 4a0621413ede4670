import { Stack, Text } from '@mantine/core'
import { modals } from '@mantine/modals'
import { useCallOnce } from '../../api/hooks.ts'
import type { OutputAt } from '../../api/paths.ts'
import { CheckList } from '../../ui/CheckList.tsx'
import { formatCount } from '../../ui/format.ts'

type Checks = OutputAt<'readiness.get'>['checks']

/**
 * Asks, before the first mails of a mailbox, for a deliberate click where a check has failed. True: the rep knows. False:
 * there was nothing to ask. Null: they would rather not.
 */
export function useConfirmChecks(): (mailboxId: number) => Promise<boolean | null> {
  const ask = useCallOnce()
  return async (mailboxId) => {
    const answer = await ask('readiness.get', { mailboxId }).catch(() => null)
    // Whatever cannot be asked about here is refused by the engine, with its sentence.
    if (answer === null) return false
    const { checks, isFirst, isBlocked, isReal } = answer
    const failed = checks.filter(({ state }) => state === 'failed')
    if (!isReal || !isFirst || isBlocked || failed.length === 0) return false
    return (await confirmed(failed)) ? true : null
  }
}

function confirmed(failed: Checks): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>()
  modals.openConfirmModal({
    title: `${formatCount(failed.length, 'check')} failed before the first mails of this mailbox`,
    size: 'lg',
    children: (
      <Stack>
        <CheckList checks={failed} />
        <Text size="sm">
          You can put this right on the Mailboxes page, under “Before going live”, or go on all the same.
        </Text>
      </Stack>
    ),
    labels: { confirm: 'I know, queue them all the same', cancel: 'Not yet' },
    onConfirm: () => resolve(true),
    onClose: () => resolve(false),
  })
  return promise
}
