import { Skeleton } from '@mantine/core'
import { useState } from 'react'
import type { Lead } from '#shared/contract/leads'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { Page } from '../../ui/Page.tsx'
import styles from './dispatch.module.css'
import type { Selection } from './dispatch-search.ts'
import { MailPreview } from './MailPreview.tsx'
import { OrderForm } from './OrderForm.tsx'
import { RecentCampaigns } from './RecentCampaigns.tsx'
import { RecipientTable } from './RecipientTable.tsx'
import { RunningCampaigns } from './RunningCampaigns.tsx'
import { useChoices } from './use-choices.ts'
import { useCheck, useDispatchBasics, type Basics } from './use-dispatch.ts'
import { useRecipients } from './use-recipients.ts'

interface Props {
  /** Leads chosen on another page; null: chosen here. */
  readonly handedOver: Selection | null
}

export function ComposeView({ handedOver }: Props) {
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
        <Desk basics={basics} handedOver={handedOver} />
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
function Desk({ basics, handedOver }: DeskProps) {
  const chosen = useChoices(basics, handedOver)
  const checked = useCheck(chosen.order)
  const [justQueued, setJustQueued] = useState<readonly Lead[]>([])
  const recipients = useRecipients(chosen.selection, justQueued)
  const [cursor, setCursor] = useState(0)
  const active = Math.min(cursor, Math.max(0, recipients.total - 1))

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
          templateId={chosen.choices.templateId}
          mailboxId={chosen.choices.mailboxId}
        />
      </section>
    </div>
  )
}
