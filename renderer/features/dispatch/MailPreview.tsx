import { Button, Group, Skeleton, Text } from '@mantine/core'
import { Pencil } from 'lucide-react'
import { useApi } from '../../api/hooks.ts'
import { AgedWarning } from '../../ui/AgedWarning.tsx'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { MailFiles } from '../../ui/MailFiles.tsx'
import { MailView } from '../../ui/MailView.tsx'
import { StatusBadge } from '../../ui/StatusBadge.tsx'
import { clear, showIn } from '../../ui/note.ts'
import { UndoLine } from '../../ui/UndoLine.tsx'
import styles from './dispatch.module.css'
import { MailHead, type Walk } from './MailHead.tsx'
import { atOf } from './order.ts'
import type { Chosen } from './use-choices.ts'
import { useMail } from './use-dispatch.ts'
import type { HandEditing } from './use-hand-edits.ts'
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
        {leadId === null ? null : <EditButtons leadId={leadId} edits={chosen.edits} onEdit={onEdit} />}
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

interface EditProps {
  readonly leadId: number
  readonly edits: HandEditing
  readonly onEdit: (() => void) | null
}

/** Whether this one mail was written over, and the ways there and back. */
function EditButtons({ leadId, edits, onEdit }: EditProps) {
  const edit = edits.find(leadId)
  return (
    <Group gap="xs" wrap="nowrap" className={styles['story'] ?? ''}>
      {edit === null ? null : (
        <>
          <StatusBadge tone="busy" label="Edited" />
          <Button
            size="compact-sm"
            variant="subtle"
            onClick={() => {
              edits.set(leadId, null)
              showReset(() => edits.set(leadId, edit))
            }}
          >
            Reset
          </Button>
        </>
      )}
      {onEdit === null ? null : (
        <Button
          size="compact-sm"
          variant="default"
          title="E"
          leftSection={<Pencil size={13} aria-hidden />}
          onClick={onEdit}
        >
          Edit
        </Button>
      )}
    </Group>
  )
}

const RESET = 'mail-reset'

function showReset(onUndo: () => void): void {
  showIn(RESET, {
    message: (
      <UndoLine
        sentence="The mail is as the template has it."
        onUndo={() => {
          clear(RESET)
          onUndo()
        }}
      />
    ),
  })
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
