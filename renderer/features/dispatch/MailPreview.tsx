import { ActionIcon, Group, Skeleton, Text } from '@mantine/core'
import { ChevronLeft, ChevronRight } from 'lucide-react'
import { useApi } from '../../api/hooks.ts'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { formatNumber } from '../../ui/format.ts'
import { MailFiles } from '../../ui/MailFiles.tsx'
import { MailView } from '../../ui/MailView.tsx'
import styles from './dispatch.module.css'
import { useMail } from './use-dispatch.ts'
import type { Recipient } from './use-recipients.ts'

interface Props {
  readonly recipient: Recipient | null
  readonly position: number
  readonly total: number
  readonly onMove: (step: 1 | -1) => void
  readonly templateId: number | null
  readonly mailboxId: number | null
}

/** The mail of the lead under the cursor, word for word, and a way to walk through all of them. */
export function MailPreview({ recipient, position, total, onMove, templateId, mailboxId }: Props) {
  const mail = useMail({ leadId: recipient?.leadId ?? null, templateId, mailboxId })
  if (recipient === null) return null
  return (
    <section className={styles['preview']} aria-label="Preview">
      <Group gap="xs" wrap="nowrap" justify="space-between">
        <Text fw={600} className={styles['clip'] ?? ''} title={mail.data?.subject}>
          {mail.data?.subject ?? ' '}
        </Text>
        <Group gap={4} wrap="nowrap">
          <ActionIcon variant="default" aria-label="Previous mail" disabled={position === 0} onClick={() => onMove(-1)}>
            <ChevronLeft size={16} aria-hidden />
          </ActionIcon>
          <Text size="sm" c="dimmed" className={styles['position'] ?? ''}>
            {formatNumber(position + 1)} of {formatNumber(total)}
          </Text>
          <ActionIcon
            variant="default"
            aria-label="Next mail"
            disabled={position >= total - 1}
            onClick={() => onMove(1)}
          >
            <ChevronRight size={16} aria-hidden />
          </ActionIcon>
        </Group>
      </Group>
      <ToLine recipient={recipient} />
      {templateId === null || mailboxId === null ? (
        <Text size="sm" c="dimmed">
          Choose a template and a mailbox to see each mail here.
        </Text>
      ) : mail.data === undefined ? (
        mail.error === null ? (
          <Skeleton flex={1} />
        ) : (
          <ErrorPanel error={mail.error} title="This mail cannot be shown" />
        )
      ) : (
        <>
          {mail.data.missing.length === 0 ? null : (
            <Text size="sm" c="var(--mantine-color-error)" role="status">
              Left out: there is no {mail.data.missing.join(', no ')} for this lead.
            </Text>
          )}
          <MailView title="The mail" text={mail.data.text} html={mail.data.html} />
          <MailFiles files={mail.data.attachments} />
        </>
      )}
    </section>
  )
}

function ToLine({ recipient }: { readonly recipient: Recipient }) {
  const { leadId, lead } = recipient
  const asked = useApi('leads.get', { leadId: leadId ?? 1 }, { enabled: lead === undefined && leadId !== null })
  const known = lead ?? asked.data
  if (known === undefined) return null
  const name = `${known.firstName} ${known.lastName}`.trim()
  return (
    <Text size="sm" c="dimmed" className={styles['clip'] ?? ''}>
      To {name === '' ? known.email : `${name} <${known.email}>`}
    </Text>
  )
}
