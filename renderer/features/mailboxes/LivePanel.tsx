import { Button, Group, Skeleton, Stack, Text } from '@mantine/core'
import { RefreshCw, Send } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Check, CheckCode } from '#shared/domain/readiness'
import { CheckList } from '../../ui/CheckList.tsx'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { readinessSummary } from '../../ui/readiness-words.ts'
import type { MailboxTab } from './MailboxDrawer.tsx'
import { isUnhealthy } from './mailbox-words.ts'
import type { Mailbox } from './use-mailboxes.ts'
import { useLiveChecks, useSendTest } from './use-readiness.ts'

interface Props {
  readonly mailbox: Mailbox
  readonly onTab: (tab: MailboxTab) => void
}

/** "Before going live": what Pacemail has verified itself, with what it found. */
export function LivePanel({ mailbox, onTab }: Props) {
  const live = useLiveChecks(mailbox.id)
  const test = useSendTest()
  const { data } = live
  if (data === undefined) {
    return live.error === null ? <Skeleton h={320} /> : <ErrorPanel error={live.error} onRetry={live.refetch} />
  }
  const isOnItsWay = data.testMail?.status === 'preparing' || data.testMail?.status === 'sending'

  function action(check: Check) {
    if (check.code === 'test_mail') {
      return (
        <Small
          icon={<Send size={13} aria-hidden />}
          isBusy={test.isPending || isOnItsWay}
          onClick={() => test.send(mailbox.id)}
        >
          {check.reason === 'not_sent' ? 'Send a test mail to myself' : 'Send another test mail'}
        </Small>
      )
    }
    if (check.code === 'pause' && mailbox.status === 'ready' && !isUnhealthy(mailbox)) {
      return (
        <Small isBusy={live.isTrying} onClick={live.tryPause}>
          {check.reason === 'not_tried' ? 'Try it now' : 'Try it again'}
        </Small>
      )
    }
    const tab = check.state === 'ok' ? undefined : tabOf(check.code, mailbox.kind)
    if (tab !== undefined) return <Small onClick={() => onTab(tab)}>{TAB_WORDS[tab]}</Small>
    return null
  }

  return (
    <Stack>
      <Group justify="space-between" wrap="nowrap">
        <Text size="sm" role="status">
          {readinessSummary(data.checks)}.
        </Text>
        {mailbox.kind === 'practice' ? null : (
          <Button
            size="xs"
            variant="default"
            loading={live.isLookingUp}
            leftSection={<RefreshCw size={14} aria-hidden />}
            onClick={live.lookUp}
          >
            Look up my domain again
          </Button>
        )}
      </Group>
      <CheckList checks={data.checks} action={action} />
      <Text size="sm" c="dimmed" className="pretty">
        {mailbox.kind === 'practice'
          ? 'No mail leaves this computer from here, so this is for practice too: nothing is held back.'
          : 'While a check has failed, the first mails from here need your word that you know.'}
      </Text>
    </Stack>
  )
}

/** Where a failed check is put right. */
const TABS: Partial<Record<CheckCode, MailboxTab>> = {
  sender: 'sender',
  limits: 'pace',
  gap: 'pace',
  hours: 'pace',
  cool_down: 'pace',
}

const TAB_WORDS = {
  pace: 'Open hours and pace',
  identity: 'Open name and signature',
  addresses: 'Other addresses',
  sender: 'Open address and opt-out',
  sleep: 'Open when it sleeps',
  servers: 'Open server settings',
  live: 'Before going live',
} satisfies Record<MailboxTab, string>

function tabOf(code: CheckCode, kind: Mailbox['kind']): MailboxTab | undefined {
  return code === 'reading' && kind === 'smtp' ? 'servers' : TABS[code]
}

interface SmallProps {
  readonly icon?: ReactNode
  readonly isBusy?: boolean
  readonly onClick: () => void
  readonly children: string
}

function Small({ icon = null, isBusy = false, onClick, children }: SmallProps) {
  return (
    <Button size="compact-xs" variant="default" mt={4} loading={isBusy} leftSection={icon} onClick={onClick}>
      {children}
    </Button>
  )
}
