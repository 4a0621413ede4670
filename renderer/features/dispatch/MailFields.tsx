import { Anchor, Select, Stack, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { Mailbox } from '#shared/contract/mailboxes'
import type { Choices } from './order.ts'
import type { Basics } from './use-dispatch.ts'

interface Props {
  readonly basics: Basics
  readonly choices: Choices
  readonly onChange: (part: Partial<Choices>) => void
}

/** What is sent, and from where. */
export function MailFields({ basics, choices, onChange }: Props) {
  const { templates = [], mailboxes = [] } = basics
  return (
    <Stack gap="xs">
      {templates.length === 0 ? (
        <Missing what="No template yet." to="/templates" action="Write one" />
      ) : (
        <Select
          label="Template"
          allowDeselect={false}
          searchable={templates.length > 8}
          data={templates.map(({ id, name, problems }) => ({
            value: String(id),
            label: problems.length === 0 ? name : `${name} (needs a correction)`,
          }))}
          value={String(choices.templateId)}
          onChange={(value) => onChange({ templateId: Number(value) })}
        />
      )}
      {mailboxes.length === 0 ? (
        <Missing what="No mailbox yet." to="/mailboxes" action="Connect one" />
      ) : (
        <Select
          label="From"
          allowDeselect={false}
          data={mailboxes.map((mailbox) => ({ value: String(mailbox.id), label: mailboxLabel(mailbox) }))}
          value={String(choices.mailboxId)}
          onChange={(value) => onChange({ mailboxId: Number(value) })}
        />
      )}
    </Stack>
  )
}

const NOT_READY = { paused: 'paused', resting: 'resting', needs_sign_in: 'signed out' } as const

function mailboxLabel({ kind, address, status }: Mailbox): string {
  const name = kind === 'practice' ? `${address} (practice)` : address
  return status === 'ready' ? name : `${name}, ${NOT_READY[status]}`
}

interface MissingProps {
  readonly what: string
  readonly to: '/templates' | '/mailboxes'
  readonly action: string
}

function Missing({ what, to, action }: MissingProps) {
  return (
    <Text size="sm">
      {what}{' '}
      <Anchor component={Link} to={to} underline="always">
        {action}
      </Anchor>
    </Text>
  )
}
