import { Box, Button, Code, Drawer, Group, NavLink, Pagination, ScrollArea, Skeleton, Stack, Text } from '@mantine/core'
import { FolderOpen, MailOpen } from 'lucide-react'
import { useState } from 'react'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { formatWhen } from '../../ui/format.ts'
import { MailFiles } from '../../ui/MailFiles.tsx'
import { MailView } from '../../ui/MailView.tsx'
import { useNow } from '../../ui/use-now.ts'
import { InventAnswer } from './InventAnswer.tsx'
import {
  PRACTICE_PAGE,
  useOpenPracticeFolder,
  usePracticeMail,
  type Mailbox,
  type PracticeMail,
} from './use-mailboxes.ts'

interface Props {
  /** Null: closed. */
  readonly mailbox: Mailbox | null
  readonly onClose: () => void
}

/** What the practice mailbox has "sent", read as its receiver would. */
export function PracticeDrawer({ mailbox, onClose }: Props) {
  return (
    <Drawer opened={mailbox !== null} onClose={onClose} position="right" size="70rem" title="Practice mail">
      {mailbox === null ? null : <PracticeBox mailboxId={mailbox.id} />}
    </Drawer>
  )
}

function PracticeBox({ mailboxId }: { readonly mailboxId: number }) {
  const [page, setPage] = useState(1)
  const [chosen, setChosen] = useState<string | null>(null)
  const openFolder = useOpenPracticeFolder()
  const { data, error, refetch } = usePracticeMail(mailboxId, page)
  if (error !== null) return <ErrorPanel error={error} onRetry={refetch} />
  if (data === undefined) return <Skeleton h={300} />
  if (data.total === 0) return <NothingYet />
  const mail = data.rows.find(({ fileName }) => fileName === chosen) ?? data.rows[0]
  return (
    <Stack>
      <Group justify="space-between">
        <Text size="sm" c="dimmed">
          None of this left your computer. Each mail is a file in <Code>{data.folder}</Code>
        </Text>
        {openFolder === null ? null : (
          <Button size="xs" variant="default" leftSection={<FolderOpen size={15} aria-hidden />} onClick={openFolder}>
            Open the folder
          </Button>
        )}
      </Group>
      <Group align="flex-start" wrap="nowrap" gap="lg">
        <Stack w={300} gap="xs">
          <ScrollArea.Autosize mah="65vh" type="auto">
            {data.rows.map((row) => (
              <MailRow key={row.fileName} mail={row} isChosen={row === mail} onChoose={() => setChosen(row.fileName)} />
            ))}
          </ScrollArea.Autosize>
          {data.total > PRACTICE_PAGE ? (
            <Pagination
              size="sm"
              total={Math.ceil(data.total / PRACTICE_PAGE)}
              value={page}
              onChange={setPage}
              getControlProps={(control) => ({ 'aria-label': `${control} page` })}
            />
          ) : null}
        </Stack>
        <Box flex={1} miw={0}>
          {mail === undefined ? null : <MailPane mail={mail} />}
        </Box>
      </Group>
    </Stack>
  )
}

interface RowProps {
  readonly mail: PracticeMail
  readonly isChosen: boolean
  readonly onChoose: () => void
}

function MailRow({ mail, isChosen, onChoose }: RowProps) {
  const now = useNow()
  return (
    <NavLink
      component="button"
      type="button"
      active={isChosen}
      aria-current={isChosen}
      label={mail.subject}
      description={`${mail.to} · ${formatWhen(mail.sentAt, now)}`}
      styles={{ description: { color: 'var(--mantine-color-text)' } }}
      onClick={onChoose}
    />
  )
}

function MailPane({ mail }: { readonly mail: PracticeMail }) {
  return (
    <Stack gap="xs">
      <Text fw={650}>{mail.subject}</Text>
      <Text size="sm" c="dimmed">
        To {mail.to}
      </Text>
      {mail.sendId === null ? null : <InventAnswer sendId={mail.sendId} to={mail.to} />}
      <MailFiles files={mail.attachments} />
      <MailView key={mail.fileName} title={`Mail to ${mail.to}`} text={mail.text} html={mail.html} />
    </Stack>
  )
}

function NothingYet() {
  return (
    <EmptyState icon={<MailOpen size={28} aria-hidden />} title="No practice mail yet">
      Approve some leads and dispatch them from this mailbox; each mail appears here when its turn comes.
    </EmptyState>
  )
}
