import { Skeleton, Text } from '@mantine/core'
import { useApi } from '../../api/hooks.ts'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { MailFiles } from '../../ui/MailFiles.tsx'
import { MailView } from '../../ui/MailView.tsx'
import styles from './dispatch.module.css'
import { MailHead, type Walk } from './MailHead.tsx'
import { useMail } from './use-dispatch.ts'
import type { Recipient } from './use-recipients.ts'

interface Props extends Walk {
  readonly recipient: Recipient | null
  readonly templateId: number | null
  readonly mailboxId: number | null
}

/** The mail of the lead under the cursor, word for word, and a way to walk through all of them. */
export function MailPreview({ recipient, templateId, mailboxId, ...walk }: Props) {
  const mail = useMail({ leadId: recipient?.leadId ?? null, templateId, mailboxId })
  if (recipient === null) return null
  return (
    <section className={styles['preview']} aria-label="Preview">
      <MailHead subject={mail.data?.subject} {...walk} />
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
