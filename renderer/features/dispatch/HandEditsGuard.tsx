import { Button, Group, Modal, Text } from '@mantine/core'
import { useBlocker } from '@tanstack/react-router'
import { formatCount } from '../../ui/format.ts'
import type { HandEditing } from './use-hand-edits.ts'

/** Asks before mails that were written over are left behind, inside the app and when the window closes. */
export function HandEditsGuard({ edits }: { readonly edits: HandEditing }) {
  const blocker = useBlocker({
    shouldBlockFn: edits.wouldBeLost,
    enableBeforeUnload: edits.wouldBeLost,
    withResolver: true,
  })
  if (blocker.status !== 'blocked') return null
  const { proceed, reset } = blocker
  return (
    <Modal opened onClose={reset} title="Leave your edited mails?" centered>
      <Text size="sm">
        You have changed {formatCount(edits.count, 'mail')} by hand and not queued {edits.count === 1 ? 'it' : 'them'}{' '}
        yet. What you wrote is kept only while this page is open.
      </Text>
      <Group justify="flex-end" mt="lg" gap="xs">
        <Button variant="default" onClick={proceed}>
          Throw them away
        </Button>
        <Button data-autofocus onClick={reset}>
          Stay here
        </Button>
      </Group>
    </Modal>
  )
}
