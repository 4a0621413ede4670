import { Stack, Text } from '@mantine/core'
import { modals } from '@mantine/modals'
import type { Check } from '#shared/domain/readiness'
import { CheckList } from './CheckList.tsx'
import { formatCount } from './format.ts'

/**
 * Asks, before the first mails of a mailbox, for a deliberate click where a check has failed. True: the rep knows. False:
 * there was nothing to ask. Null: they would rather not. Whatever cannot be asked about (`answer` null) is refused by the
 * engine, with its sentence.
 */
export async function confirmChecks(
  answer: {
    readonly checks: readonly Check[]
    readonly isFirst: boolean
    readonly isBlocked: boolean
    readonly isReal: boolean
  } | null,
): Promise<boolean | null> {
  if (answer === null) return false
  const { checks, isFirst, isBlocked, isReal } = answer
  const failed = checks.filter(({ state }) => state === 'failed')
  if (!isReal || !isFirst || isBlocked || failed.length === 0) return false
  return (await confirmed(failed)) ? true : null
}

function confirmed(failed: readonly Check[]): Promise<boolean> {
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
