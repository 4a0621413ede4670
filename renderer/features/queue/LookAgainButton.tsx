import { Button } from '@mantine/core'
import { Search } from 'lucide-react'
import { useNow } from '../../ui/use-now.ts'
import { showNote } from '../../ui/note.ts'
import { lookedAgainText } from './look-text.ts'
import { useLookAgain } from './use-queue.ts'

interface Props {
  readonly sendId: number
  /** Told to those who cannot see which mail the button belongs to. */
  readonly who: string
}

/** Has the mailbox looked at now, and says what was found. */
export function LookAgainButton({ sendId, who }: Props) {
  const look = useLookAgain()
  const now = useNow()
  return (
    <Button
      size="xs"
      variant="default"
      loading={look.isPending}
      leftSection={<Search size={14} aria-hidden />}
      aria-label={`Look again for the mail to ${who}`}
      onClick={() =>
        look.mutate(
          { sendId },
          {
            onSuccess: (looked) => showNote(lookedAgainText(looked, now), { title: `The mail to ${who}` }),
          },
        )
      }
    >
      Look again
    </Button>
  )
}
