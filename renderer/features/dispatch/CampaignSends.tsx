import { Anchor, Skeleton } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { memo } from 'react'
import type { Send } from '#shared/contract/sends'
import { useApi } from '../../api/hooks.ts'
import { useFirst, usePages } from '../../api/use-pages.ts'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { ClipCell, GridHead, GridRow, SecondLine } from '../../ui/GridRow.tsx'
import { MailView } from '../../ui/MailView.tsx'
import { useCursor } from '../../ui/use-choice.ts'
import { useKeys } from '../../ui/use-keys.ts'
import { useNow } from '../../ui/use-now.ts'
import { VirtualRows } from '../../ui/VirtualRows.tsx'
import styles from './dispatch.module.css'
import { MailHead, type Walk } from './MailHead.tsx'
import { SendState } from './SendState.tsx'
import { tableKeys } from './table-keys.ts'

/** Every mail of a campaign: those waiting in their order, then those done. */
export function CampaignSends({ campaignId }: { readonly campaignId: number }) {
  const { first, setFirst } = useFirst()
  const now = useNow()
  const sends = usePages('sends.list', { campaignId }, { first })
  const { active, last, move } = useCursor(sends.total)
  useKeys([
    ['j', () => move(active + 1)],
    ['k', () => move(active - 1)],
  ])
  if (sends.error !== null) return <ErrorPanel error={sends.error} onRetry={sends.refetch} />
  return (
    <section className={styles['sends']} aria-label="Mails">
      <VirtualRows
        className={styles['table'] ?? ''}
        aria-label="Mails of this campaign"
        aria-rowcount={sends.total + 1}
        aria-activedescendant={`send-${active}`}
        count={sends.total}
        rowHeight={48}
        active={active}
        onFirst={setFirst}
        onKeyDown={tableKeys({ active, last, move })}
        onRowPress={({ index }) => move(index)}
        header={<Head />}
        renderRow={(index) => <SendRow index={index} send={sends.rowAt(index)} isActive={index === active} now={now} />}
      />
      <SentMail
        send={sends.rowAt(active)}
        position={active}
        total={sends.total}
        onMove={(step) => move(active + step)}
      />
    </section>
  )
}

function Head() {
  return (
    <GridHead className={styles['sendRow'] ?? ''}>
      <span role="columnheader">Lead</span>
      <span role="columnheader">State</span>
    </GridHead>
  )
}

interface RowProps {
  readonly index: number
  readonly send: Send | undefined
  readonly isActive: boolean
  readonly now: number
}

const SendRow = memo(function SendRow({ index, send, isActive, now }: RowProps) {
  return (
    <GridRow id={`send-${index}`} index={index} isActive={isActive} className={styles['sendRow'] ?? ''}>
      <ClipCell>
        {send === undefined ? '…' : send.leadName === '' ? send.to : send.leadName}
        <SecondLine>{send?.to}</SecondLine>
      </ClipCell>
      <ClipCell>{send === undefined ? null : <SendState send={send} now={now} />}</ClipCell>
    </GridRow>
  )
})

interface SentMailProps extends Walk {
  readonly send: Send | undefined
}

/** The mail as it is stored on the send: what goes out, or went out. */
function SentMail({ send, ...walk }: SentMailProps) {
  const whole = useApi('sends.get', { sendId: send?.id ?? 1 }, { enabled: send !== undefined, keepPrevious: true })
  if (send === undefined) return null
  return (
    <section className={styles['preview']} aria-label="Preview">
      <MailHead subject={send.subject} {...walk}>
        <Anchor
          renderRoot={(props) => <Link to="/queue" search={{ send: send.id, status: send.status }} {...props} />}
          size="sm"
          underline="always"
          mr="xs"
          className={styles['story'] ?? ''}
        >
          Its story
        </Anchor>
      </MailHead>
      {whole.data === undefined ? (
        whole.error === null ? (
          <Skeleton flex={1} />
        ) : (
          <ErrorPanel error={whole.error} title="This mail cannot be shown" />
        )
      ) : (
        <MailView title="The mail" text={whole.data.mail.text} html={whole.data.mail.html} />
      )}
    </section>
  )
}
