import { Button, Skeleton, Stack } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { MailCheck } from 'lucide-react'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { GridHead } from '../../ui/GridRow.tsx'
import { type KeyHint, KeyHints, MOVE, OPEN } from '../../ui/KeyHints.tsx'
import { useKeys } from '../../ui/use-keys.ts'
import { useNow } from '../../ui/use-now.ts'
import { VirtualRows } from '../../ui/VirtualRows.tsx'
import { answerKeys } from './answer-keys.ts'
import styles from './answers.module.css'
import { AnswerRow, rowId } from './AnswerRow.tsx'
import type { AnswersView } from './answers-view.ts'
import { useAnswerMailboxes, useAnswers } from './use-answers.ts'
import { useTakeBack } from './use-take-back.tsx'

interface Props {
  readonly view: AnswersView
  readonly show: (part: Partial<AnswersView>) => void
}

const ROW_PX = 48

const HINTS: readonly KeyHint[] = [MOVE, OPEN, { keys: ['u'], does: 'take back' }]

/** Every answer of one filter, newest first, however many there are. */
export function AnswerList({ view, show }: Props) {
  const { pages, active, last, move, setFirst } = useAnswers(view)
  const { names, mailboxes } = useAnswerMailboxes()
  const takeBack = useTakeBack()
  const now = useNow()
  const open = (index: number) => {
    const answer = pages.rowAt(index)
    if (answer !== undefined) show({ sendId: answer.sendId })
  }
  useKeys([
    ['j', () => move(active + 1)],
    ['k', () => move(active - 1)],
    ['o', () => open(active)],
    ['u', () => takeBack.ask(pages.rowAt(active))],
  ])

  if (pages.error !== null) return <ErrorPanel error={pages.error} onRetry={pages.refetch} />
  if (pages.isPending) return <Loading />
  if (pages.total === 0) return <Nothing view={view} show={show} />
  const hasMailboxes = mailboxes.length > 1
  return (
    <>
      <VirtualRows
        className={styles['list'] ?? ''}
        aria-label="Answers"
        aria-rowcount={pages.total + 1}
        aria-activedescendant={rowId(active)}
        count={pages.total}
        rowHeight={ROW_PX}
        active={active}
        onFirst={setFirst}
        onKeyDown={answerKeys({ active, last, move, open })}
        onRowPress={({ index }) => {
          move(index)
          open(index)
        }}
        header={<Head hasMailboxes={hasMailboxes} />}
        renderRow={(index) => {
          const answer = pages.rowAt(index)
          return (
            <AnswerRow
              index={index}
              answer={answer}
              now={now}
              mailbox={
                hasMailboxes && answer !== undefined ? (names.get(answer.mailboxId) ?? 'a removed mailbox') : null
              }
              isActive={index === active}
            />
          )
        }}
      />
      <KeyHints hints={HINTS} />
    </>
  )
}

function Head({ hasMailboxes }: { readonly hasMailboxes: boolean }) {
  return (
    <GridHead data-wide={hasMailboxes || undefined} className={styles['row'] ?? ''}>
      <span role="columnheader">Came</span>
      <span role="columnheader">Person</span>
      <span role="columnheader">Subject</span>
      {hasMailboxes ? (
        <span role="columnheader" className={styles['mailbox']}>
          Mailbox
        </span>
      ) : null}
      <span role="columnheader">What it is</span>
    </GridHead>
  )
}

function Loading() {
  return (
    <Stack gap="xs" role="status" aria-label="Loading" aria-busy>
      {[70, 55, 62, 48, 66].map((width) => (
        <Skeleton key={width} h={22} w={`${width}%`} />
      ))}
    </Stack>
  )
}

function Nothing({ view, show }: Props) {
  const { mailboxes, isKnown } = useAnswerMailboxes()
  if (view.verdict !== null || view.mailboxId !== null) {
    return (
      <EmptyState
        icon={<MailCheck size={28} aria-hidden />}
        title="Nothing of this kind yet"
        actions={
          <Button variant="default" onClick={() => show({ verdict: null, mailboxId: null })}>
            Show everything
          </Button>
        }
      />
    )
  }
  const hasPractice = mailboxes.some(({ kind }) => kind === 'practice')
  return (
    <EmptyState
      icon={<MailCheck size={28} aria-hidden />}
      title="Nothing has come back yet"
      actions={
        !isKnown ? null : hasPractice ? (
          <Button component={Link} to="/mailboxes" variant="default">
            Go to Mailboxes
          </Button>
        ) : (
          <Button component={Link} to="/dispatch" variant="default">
            Dispatch mail
          </Button>
        )
      }
    >
      Replies, out-of-office answers, bounces and opt-outs to your mail appear here, with what Pacemail did about each.
      {hasPractice
        ? ' With a practice mailbox you can try it: open one of its mails and choose “Let somebody answer”.'
        : ' Your mailboxes are looked at every two minutes while Pacemail runs.'}
    </EmptyState>
  )
}
