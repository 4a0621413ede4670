import { Button, Group, Modal, Text } from '@mantine/core'
import { useBlocker } from '@tanstack/react-router'
import { useEffect } from 'react'

interface Props {
  readonly isDirty: boolean
  /** Where to go once it is saved; run after the guard has been told. */
  readonly next: (() => void) | null
}

/** Asks before a sequence that is not saved is left behind. */
export function LeaveGuard({ isDirty, next }: Props) {
  const blocker = useBlocker({
    shouldBlockFn: () => isDirty,
    enableBeforeUnload: isDirty,
    withResolver: true,
  })
  useEffect(() => {
    if (!isDirty) next?.()
  }, [isDirty, next])
  if (blocker.status !== 'blocked') return null
  const { proceed, reset } = blocker
  return (
    <Modal opened onClose={reset} title="Leave without saving?" centered>
      <Text size="sm">This campaign has changes that are not saved.</Text>
      <Group justify="flex-end" mt="lg" gap="xs">
        <Button variant="default" onClick={proceed}>
          Throw them away
        </Button>
        <Button data-autofocus onClick={reset}>
          Go on writing
        </Button>
      </Group>
    </Modal>
  )
}
