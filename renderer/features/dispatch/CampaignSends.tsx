import { ActionIcon, Anchor, Group, Skeleton, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { ChevronLeft, ChevronRight } from 'lucide-react'
import { memo, useCallback, useState } from 'react'
import type { Send } from '#shared/contract/sends'
import { useApi } from '../../api/hooks.ts'
import { PAGE_ROWS, usePages } from '../../api/use-pages.ts'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { formatNumber } from '../../ui/format.ts'
import { ClipCell, GridHead, GridRow, SecondLine } from '../../ui/GridRow.tsx'
import { MailView } from '../../ui/MailView.tsx'
import { useKeys } from '../../ui/use-keys.ts'
import { useNow } from '../../ui/use-now.ts'
import { VirtualRows } from '../../ui/VirtualRows.tsx'
import styles from './dispatch.module.css'
import { SendState } from './SendState.tsx'
import { tableKeys } from './table-keys.ts'

/** Every mail of a campaign: those waiting in their order, then those done. */
export function CampaignSends({ campaignId }: { readonly campaignId: number }) {
  const [first, setFirst] = useState(0)
  const showPageOf = useCallback((index: number) => setFirst(index - (index % PAGE_ROWS)), [])
  const now = useNow()
  const sends = usePages('sends.list', { campaignId }, { first })
  const [cursor, setCursor] = useState(0)
  const active = Math.max(0, Math.min(cursor, sends.total - 1))
  const move = (index: number) => setCursor(Math.max(0, Math.min(index, sends.total - 1)))
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
        onFirst={showPageOf}
        onKeyDown={tableKeys({ active, last: sends.total - 1, move })}
        onRowPress={({ index }) => setCursor(index)}
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

interface SentMailProps {
  readonly send: Send | undefined
  readonly position: number
  readonly total: number
  readonly onMove: (step: 1 | -1) => void
}

/** The mail as it is stored on the send: what goes out, or went out. */
function SentMail({ send, position, total, onMove }: SentMailProps) {
  const whole = useApi('sends.get', { sendId: send?.id ?? 1 }, { enabled: send !== undefined, keepPrevious: true })
  if (send === undefined) return null
  return (
    <section className={styles['preview']} aria-label="Preview">
      <Group gap="xs" wrap="nowrap" justify="space-between">
        <Text fw={600} className={styles['clip'] ?? ''} title={send.subject}>
          {send.subject}
        </Text>
        <Group gap={4} wrap="nowrap">
          <Anchor
            renderRoot={(props) => <Link to="/queue" search={{ send: send.id, status: send.status }} {...props} />}
            size="sm"
            underline="always"
            mr="xs"
            className={styles['story'] ?? ''}
          >
            Its story
          </Anchor>
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
