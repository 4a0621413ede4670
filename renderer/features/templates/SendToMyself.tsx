import { Button, Group, Text } from '@mantine/core'
import { Send } from 'lucide-react'
import type { AttachedFile, TemplateContent } from '#shared/contract/templates'
import type { PreviewChoice } from './use-preview-for.ts'
import { useSendToMyself } from './use-send-to-myself.ts'

interface Props {
  readonly content: TemplateContent
  readonly files: readonly AttachedFile[]
  readonly choice: PreviewChoice
  /** Without a mistake and without a hole for this lead. */
  readonly isSound: boolean
}

/** The mail as it is shown, to the rep's own address. */
export function SendToMyself({ content, files, choice, isSound }: Props) {
  const { mailboxId, leadId } = choice.preview
  const test = useSendToMyself(mailboxId)
  const mailbox = choice.mailboxes.find(({ id }) => id === mailboxId)
  if (mailboxId === null || mailbox === undefined) return null
  const who = choice.lead === null ? 'a made-up lead' : choice.lead.name
  return (
    <Group gap="xs">
      <Button
        size="xs"
        variant="default"
        disabled={!isSound}
        loading={test.isPending}
        leftSection={<Send size={14} aria-hidden />}
        onClick={() => test.send({ content, leadId, files })}
      >
        Send it to me as {who} gets it
      </Button>
      <Text size="sm" c="dimmed" role="status">
        {test.outcome ?? `To ${mailbox.address}`}
      </Text>
    </Group>
  )
}
