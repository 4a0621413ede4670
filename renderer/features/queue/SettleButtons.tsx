import { Button, Group, Text } from '@mantine/core'
import { modals } from '@mantine/modals'
import { Check, RotateCcw } from 'lucide-react'
import { showNote } from '../../ui/note.ts'
import { LookAgainButton } from './LookAgainButton.tsx'
import { useSettle } from './use-queue.ts'

interface Props {
  readonly sendId: number
  readonly who: string
}

/** A look, and the rep's two answers. Only sending again is asked about: it cannot be taken back. */
export function SettleButtons({ sendId, who }: Props) {
  const settle = useSettle()
  const say = (message: string) => showNote(message)

  function askToSendAgain(): void {
    modals.openConfirmModal({
      title: 'Send it again?',
      children: (
        <Text size="sm">
          If the first one did go out after all, {who} gets the same mail twice. It joins the queue again.
        </Text>
      ),
      labels: { confirm: 'Send it again', cancel: 'Not yet' },
      onConfirm: () =>
        settle.mutate(
          { sendId, wasSent: false },
          { onSuccess: () => say(`The mail to ${who} waits in the queue again.`) },
        ),
    })
  }

  return (
    <Group gap="xs">
      <LookAgainButton sendId={sendId} who={who} />
      <Button
        size="xs"
        disabled={settle.isPending}
        leftSection={<Check size={14} aria-hidden />}
        onClick={() =>
          settle.mutate({ sendId, wasSent: true }, { onSuccess: () => say(`Noted: the mail to ${who} was sent.`) })
        }
      >
        It was sent
      </Button>
      <Button
        size="xs"
        variant="default"
        disabled={settle.isPending}
        leftSection={<RotateCcw size={14} aria-hidden />}
        onClick={askToSendAgain}
      >
        Send it again
      </Button>
    </Group>
  )
}
