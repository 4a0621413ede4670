import { Group, Skeleton, Text } from '@mantine/core'
import { useApi } from '../../api/hooks.ts'
import { AgedWarning } from '../../ui/AgedWarning.tsx'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { HandEditButtons, showReset } from '../../ui/HandEditButtons.tsx'
import { MailFiles } from '../../ui/MailFiles.tsx'
import { MailView } from '../../ui/MailView.tsx'
import styles from './dispatch.module.css'
import { MailHead, type Walk } from './MailHead.tsx'
import { atOf } from './order.ts'
import type { Chosen } from './use-choices.ts'
import { useMail } from './use-dispatch.ts'
import type { Recipient } from './use-recipients.ts'

interface Props extends Walk {
  readonly recipient: Recipient | null
  readonly chosen: Chosen
  /** Null: this mail cannot be written over. */
  readonly onEdit: (() => void) | null
}

/** The mail of the lead under the cursor, word for word, and a way to walk through all of them. */
export function MailPreview({ recipient, chosen, onEdit, ...walk }: Props) {
  const { templateId, mailboxId, when } = chosen.choices
  const leadId = recipient?.leadId ?? null
  const edit = leadId === null ? null : chosen.edits.find(leadId)
  const mail = useMail({ leadId, templateId, mailboxId, edit, at: atOf(when) })
  if (recipient === null) return null
  return (
    <section className={styles['preview']} aria-label="Preview">
      <MailHead subject={mail.data?.subject} {...walk} />
      <Group gap="xs" wrap="nowrap" justify="space-between" className={styles['toLine'] ?? ''}>
        <ToLine recipient={recipient} />
        {leadId === null ? null : (
          <HandEditButtons
            isEdited={edit !== null}
            onReset={() => {
              chosen.edits.set(leadId, null)
              showReset(() => chosen.edits.set(leadId, edit))
            }}
            onEdit={onEdit}
            editKey="E"
          />
        )}
      </Group>
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
          <AgedWarning aged={mail.data.aged} mail={mail.data} />
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
