import { Anchor, Button, Drawer, Group, List, Skeleton, Stack, Text, Title } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { MailX, Undo2 } from 'lucide-react'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { formatFull, formatWhen } from '../../ui/format.ts'
import { StatusBadge } from '../../ui/StatusBadge.tsx'
import { useNow } from '../../ui/use-now.ts'
import { effectText, verdictRemark, verdictWord } from './answer-words.ts'
import styles from './answers.module.css'
import { evidenceTexts } from './evidence-text.ts'
import { useAnswerMailboxes, useAnswersOf, type Answer } from './use-answers.ts'
import { useTakeBack } from './use-take-back.tsx'

interface Props {
  /** Null: closed. */
  readonly sendId: number | null
  readonly onClose: () => void
}

/** Everything that came back for one mail, why it counts as what it counts, and the way back. */
export function AnswerDrawer({ sendId, onClose }: Props) {
  const { data, error, refetch } = useAnswersOf(sendId)
  const first = data?.rows[0]
  return (
    <Drawer
      opened={sendId !== null}
      onClose={onClose}
      position="right"
      size="34rem"
      title={first === undefined ? 'Answer' : `Answer from ${first.leadName === '' ? first.from : first.leadName}`}
    >
      {sendId === null ? null : error !== null ? (
        <ErrorPanel error={error} onRetry={() => refetch()} />
      ) : data === undefined ? (
        <Skeleton h={240} role="status" aria-label="Loading" />
      ) : (
        <Whole sendId={sendId} answers={data.rows} />
      )}
    </Drawer>
  )
}

function Whole({ sendId, answers }: { readonly sendId: number; readonly answers: readonly Answer[] }) {
  const first = answers[0]
  if (first === undefined) {
    return (
      <EmptyState icon={<MailX size={28} aria-hidden />} title="Nothing is kept about this mail">
        No answer to it is known here.
      </EmptyState>
    )
  }
  return (
    <Stack gap="lg">
      <Group gap="md">
        <Anchor
          size="sm"
          underline="always"
          renderRoot={(props) => <Link to="/queue" search={{ status: 'sent', send: sendId }} {...props} />}
        >
          The mail you sent
        </Anchor>
        <Anchor
          size="sm"
          underline="always"
          renderRoot={(props) => <Link to="/leads" search={{ lead: first.leadId }} {...props} />}
        >
          The lead
        </Anchor>
      </Group>
      {answers.map((answer) => (
        <OneAnswer key={answer.id} answer={answer} />
      ))}
    </Stack>
  )
}

function OneAnswer({ answer }: { readonly answer: Answer }) {
  const now = useNow()
  const takeBack = useTakeBack()
  const { names } = useAnswerMailboxes()
  const remark = verdictRemark(answer, now)
  const isUndone = answer.undoneAt !== null
  return (
    <Stack component="section" gap="sm" className={styles['answer'] ?? ''} aria-label={verdictWord(answer).label}>
      <Group gap="xs">
        {isUndone ? <StatusBadge tone="quiet" label="Taken back" /> : null}
        <StatusBadge {...(isUndone ? { label: verdictWord(answer).label, tone: 'quiet' } : verdictWord(answer))} />
        {remark === '' ? null : <Text size="sm">{remark}</Text>}
      </Group>
      <div>
        <Text fw={600} className="break">
          {answer.subject === '' ? '(no subject)' : answer.subject}
        </Text>
        <Text size="sm" className="break">
          From {answer.from === '' ? 'a mail server' : answer.from}
        </Text>
        <Text size="sm" c="dimmed" title={formatFull(answer.receivedAt)}>
          Came {atText(answer.receivedAt, now)} to {names.get(answer.mailboxId) ?? 'a removed mailbox'}
        </Text>
      </div>
      <Text size="sm" className="pretty">
        {answer.undoneAt === null
          ? effectText(answer, now)
          : `You took this back ${atText(answer.undoneAt, now)}; it has no effect any more.`}
      </Text>
      <div>
        <Title order={3} size="h5" mb={4}>
          Why
        </Title>
        <List size="sm" spacing={4}>
          {evidenceTexts(answer).map((text) => (
            <List.Item key={text}>{text}</List.Item>
          ))}
        </List>
      </div>
      {isUndone ? null : (
        <Group>
          <Button
            size="xs"
            variant="default"
            loading={takeBack.isBusy}
            leftSection={<Undo2 size={15} aria-hidden />}
            onClick={() => takeBack.ask(answer)}
          >
            Take back
          </Button>
          <Text size="xs" c="dimmed" flex={1}>
            If Pacemail is wrong about it.
          </Text>
        </Group>
      )}
    </Stack>
  )
}

/** `at 14:32`, `yesterday 14:32`. */
function atText(at: number, now: number): string {
  const when = formatWhen(at, now)
  return /^\d\d?:/.test(when) ? `at ${when}` : when
}
