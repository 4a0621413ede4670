import { Anchor, Button, Group, Select, Skeleton, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useEffect } from 'react'
import type { Lead } from '#shared/contract/leads'
import { AgedWarning } from '../../ui/AgedWarning.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { formatNumber } from '../../ui/format.ts'
import { MailFiles } from '../../ui/MailFiles.tsx'
import { MailView } from '../../ui/MailView.tsx'
import { pageOf, rowAt } from './lead-window.ts'
import { leadName, REVIEW_WORDS } from './lead-words.ts'
import styles from './leads.module.css'
import type { LeadsDesk } from './use-leads-desk.ts'
import { useReviewMail, useReviewWords, type ReviewWords } from './use-review-mail.ts'

interface Props {
  readonly desk: LeadsDesk
  readonly onLeave: () => void
}

/** One lead's mail, word for word, beside their details: A, R, J and K move on. */
export function ReviewMail({ desk, onLeave }: Props) {
  const { board, window, grid, setPage } = desk
  const { index, id } = board.cursor
  const words = useReviewWords()
  const mail = useReviewMail(words.pair, id, rowAt(window, index + 1)?.id ?? null)
  useEffect(() => setPage(pageOf(index)), [index, setPage])
  // What had the focus has gone with the table.
  useEffect(() => grid.current?.focus({ preventScroll: true }), [grid])

  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Escape leads back to the table
    <section
      ref={grid}
      tabIndex={-1}
      aria-label="Review"
      className={styles.review}
      onKeyDown={(event) => {
        // In a field it closes the list that is open there.
        if (event.key === 'Escape' && !(event.target instanceof HTMLInputElement)) onLeave()
      }}
    >
      <ReviewHead desk={desk} words={words} />
      {words.pair === null ? (
        words.isKnown ? (
          <NoWords words={words} />
        ) : null
      ) : mail.data === undefined ? (
        mail.error === null ? (
          <Skeleton flex={1} role="status" aria-label="Loading the mail" />
        ) : (
          <ErrorPanel error={mail.error} title="This mail cannot be shown" />
        )
      ) : (
        <>
          {mail.data.missing.length === 0 ? null : (
            <Text size="sm" c="var(--mantine-color-error)" role="status">
              Would be left out: there is no {mail.data.missing.join(', no ')} for this lead.
            </Text>
          )}
          <AgedWarning aged={mail.data.aged} mail={mail.data} />
          <Text fw={600}>{mail.data.subject === '' ? 'No subject' : mail.data.subject}</Text>
          <MailView title="The mail" text={mail.data.text} html={mail.data.html} />
          <MailFiles files={mail.data.attachments} />
        </>
      )}
    </section>
  )
}

interface HeadProps extends Pick<Props, 'desk'> {
  readonly words: ReviewWords
}

function ReviewHead({ desk: { board, window, review }, words }: HeadProps) {
  const { index } = board.cursor
  return (
    <Group gap="xs" align="flex-end">
      <WordsFields words={words} />
      <span className={styles.push} />
      <Text size="sm" fw={600} className={styles.place ?? ''}>
        {formatNumber(index + 1)} of {formatNumber(window.total)}
      </Text>
      <div role="status" className="sr-only">
        {statusOf(board.current)}
      </div>
      <Button size="xs" variant="default" title="K" disabled={index === 0} onClick={() => board.moveTo(index - 1)}>
        Back
      </Button>
      <Button
        size="xs"
        variant="default"
        title="J"
        disabled={index + 1 >= window.total}
        onClick={() => board.moveTo(index + 1)}
      >
        Next
      </Button>
      <Button size="xs" variant="light" title="A" onClick={() => review('approved')}>
        Approve
      </Button>
      <Button size="xs" variant="default" title="R" onClick={() => review('rejected')}>
        Reject
      </Button>
    </Group>
  )
}

function statusOf(lead: Lead | undefined): string {
  return lead === undefined ? '' : `${leadName(lead)}, ${REVIEW_WORDS[lead.review].toLowerCase()}`
}

function WordsFields({ words }: { readonly words: ReviewWords }) {
  const { pair, templates, mailboxes, choose } = words
  if (pair === null) return null
  return (
    <>
      <Select
        size="xs"
        flex="1 1 8rem"
        maw={220}
        label="Template"
        allowDeselect={false}
        searchable={templates.length > 8}
        data={templates.map(({ id, name }) => ({ value: String(id), label: name }))}
        value={String(pair.template.id)}
        onChange={(value) => choose({ templateId: Number(value) })}
      />
      {mailboxes.length < 2 ? null : (
        <Select
          size="xs"
          flex="1 1 8rem"
          maw={220}
          label="From"
          allowDeselect={false}
          data={mailboxes.map(({ id, address }) => ({ value: String(id), label: address }))}
          value={String(pair.mailbox.id)}
          onChange={(value) => choose({ mailboxId: Number(value) })}
        />
      )}
    </>
  )
}

/** People can be reviewed all the same. */
function NoWords({ words }: { readonly words: ReviewWords }) {
  const isTemplate = words.templates.length === 0
  return (
    <EmptyState title={isTemplate ? 'No template yet' : 'No mailbox yet'}>
      {isTemplate ? 'Write one' : 'Connect one'} and each lead’s mail is shown here before you approve them.{' '}
      <Anchor inherit component={Link} to={isTemplate ? '/templates' : '/mailboxes'} underline="always">
        {isTemplate ? 'To the templates' : 'To the mailboxes'}
      </Anchor>
    </EmptyState>
  )
}
