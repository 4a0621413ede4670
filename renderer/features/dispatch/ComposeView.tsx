import { Skeleton } from '@mantine/core'
import { useState } from 'react'
import type { Lead } from '#shared/contract/leads'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { Page } from '../../ui/Page.tsx'
import { useKeys } from '../../ui/use-keys.ts'
import styles from './dispatch.module.css'
import type { Selection } from './dispatch-search.ts'
import { EditRecipient } from './EditRecipient.tsx'
import type { Wording } from './hand-edits.ts'
import { HandEditsGuard } from './HandEditsGuard.tsx'
import { MailPreview } from './MailPreview.tsx'
import { OrderForm } from './OrderForm.tsx'
import { RecentCampaigns } from './RecentCampaigns.tsx'
import { RecipientTable } from './RecipientTable.tsx'
import { RunningCampaigns } from './RunningCampaigns.tsx'
import { type Chosen, useChoices } from './use-choices.ts'
import { useCheck, useDispatchBasics, type Basics } from './use-dispatch.ts'
import { type Recipients, useRecipients } from './use-recipients.ts'

interface Props {
  /** Leads chosen on another page; null: chosen here. */
  readonly handedOver: Selection | null
  /** Words that a link brought for the one lead; null: none. */
  readonly words: Wording | null
}

export function ComposeView({ handedOver, words }: Props) {
  const basics = useDispatchBasics()
  const isReady = basics.templates !== undefined && basics.mailboxes !== undefined
  return (
    <Page
      title="Dispatch"
      description="The mails join the queue and go out at your mailbox’s pace."
      actions={<RecentCampaigns />}
      isFull
    >
      <RunningCampaigns />
      {isReady ? (
        <Desk basics={basics} handedOver={handedOver} words={words} />
      ) : basics.error === null ? (
        <Skeleton flex={1} />
      ) : (
        <ErrorPanel error={basics.error} onRetry={() => basics.refetch()} />
      )}
    </Page>
  )
}

interface DeskProps extends Props {
  readonly basics: Basics
}

/** The choices at the left; who gets it, and the mail of the one under the cursor, at the right. */
function Desk({ basics, handedOver, words }: DeskProps) {
  const chosen = useChoices(basics, handedOver)
  const checked = useCheck(chosen.order)
  const [justQueued, setJustQueued] = useState<readonly Lead[]>([])
  const recipients = useRecipients(chosen.selection, justQueued)
  const [cursor, setCursor] = useState(0)
  const active = Math.min(cursor, Math.max(0, recipients.total - 1))
  const [editing, setEditing] = useState<MailOf | null>(null)
  const editable = recipients.total === 0 ? null : editableAt(active, { recipients, chosen })
  const edit = () => setEditing(editable)
  const [given, setGiven] = useState(words)
  const stopEditing = (): void => {
    setEditing(null)
    setGiven(null)
  }
  // The words of a link are shown to be read, never taken over by themselves.
  const shown = editing ?? (given === null ? null : editable)
  useKeys([['e', edit]])

  return (
    <div className={styles['desk']}>
      <OrderForm basics={basics} chosen={chosen} checked={checked} handedOver={handedOver} listed={recipients.listed} />
      <section className={styles['mails']} aria-label="Mails">
        <RecipientTable
          recipients={recipients}
          chosen={chosen}
          obstacles={checked.check?.obstacles ?? []}
          active={active}
          onActive={setCursor}
          onQueued={(lead) => {
            const stays = handedOver !== null || chosen.choices.recipients.includesWritten
            if (!stays) setJustQueued((old) => [lead, ...old.filter(({ id }) => id !== lead.id)])
          }}
        />
        <MailPreview
          recipient={recipients.total === 0 ? null : recipients.at(active)}
          position={active}
          total={recipients.total}
          onMove={(step) => setCursor(Math.max(0, Math.min(recipients.total - 1, active + step)))}
          chosen={chosen}
          onEdit={editable === null ? null : edit}
        />
      </section>
      {shown === null ? null : <EditRecipient mail={shown} given={given} edits={chosen.edits} onClose={stopEditing} />}
      <HandEditsGuard edits={chosen.edits} />
    </div>
  )
}

interface MailOf {
  readonly leadId: number
  readonly templateId: number
  readonly mailboxId: number
}

/** Which mail stands in this row, where it can be written over; what waits in the queue is written over there. */
function editableAt(
  index: number,
  { recipients, chosen }: { readonly recipients: Recipients; readonly chosen: Chosen },
): MailOf | null {
  const { leadId } = recipients.at(index)
  const { templateId, mailboxId } = chosen.choices
  if (leadId === null || templateId === null || mailboxId === null) return null
  const status = recipients.states.get(leadId)?.status
  return status === 'pending' || status === 'processing' ? null : { leadId, templateId, mailboxId }
}
