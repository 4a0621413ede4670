import { Anchor, Button, Group, Menu, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { ChevronDown } from 'lucide-react'
import type { IncomingVerdict } from '#shared/domain/taxonomy'
import { showNote } from '../../ui/note.ts'
import { useInvent, type PracticeMail } from './use-mailboxes.ts'

interface Props {
  readonly sendId: NonNullable<PracticeMail['sendId']>
  readonly to: string
}

/** What somebody could answer, the friendliest first. */
const ANSWERS: readonly { readonly verdict: IncomingVerdict; readonly label: string; readonly came: string }[] = [
  { verdict: 'replied', label: 'Reply', came: 'An invented reply' },
  { verdict: 'auto_replied', label: 'Out of office', came: 'An invented out-of-office answer' },
  { verdict: 'bounced', label: 'Bounce', came: 'An invented bounce' },
  { verdict: 'opted_out', label: 'Opt-out', came: 'An invented opt-out' },
]

/** Nobody got the practice mail, so an answer has to be made up. */
export function InventAnswer({ sendId, to }: Props) {
  const invent = useInvent()
  return (
    <Group gap="xs">
      <Menu position="bottom-start">
        <Menu.Target>
          <Button
            size="xs"
            variant="default"
            loading={invent.isPending}
            rightSection={<ChevronDown size={14} aria-hidden />}
          >
            Let somebody answer
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {ANSWERS.map(({ verdict, label, came }) => (
            <Menu.Item
              key={verdict}
              onClick={() =>
                invent.mutate(
                  { sendId, verdict },
                  {
                    onSuccess: () => showNote(`${came} from ${to} has come in. It is on the Answers page.`),
                  },
                )
              }
            >
              {label}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      <Text size="xs" c="dimmed">
        Invented, to see what happens then. It appears under{' '}
        <Anchor component={Link} to="/answers" inherit c="inherit" underline="always">
          Answers
        </Anchor>
        .
      </Text>
    </Group>
  )
}
