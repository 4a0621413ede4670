import { Group, Select } from '@mantine/core'
import { FilterTabs } from '../../ui/FilterTabs.tsx'
import { formatCount } from '../../ui/format.ts'
import { Page } from '../../ui/Page.tsx'
import { VERDICT_LABELS } from './answer-words.ts'
import { AnswerDrawer } from './AnswerDrawer.tsx'
import { AnswerList } from './AnswerList.tsx'
import { VERDICTS, type AnswersView } from './answers-view.ts'
import { useAnswerMailboxes, useAnswersView } from './use-answers.ts'

const TABS = [
  { value: null, label: 'Everything' },
  ...VERDICTS.map((verdict) => ({ value: verdict, label: VERDICT_LABELS[verdict] })),
]

/** What came back for the rep's mail, what was made of it, and the way to take that back. */
export function AnswersPage() {
  const { view, show } = useAnswersView()
  const { mailboxes } = useAnswerMailboxes()
  const deaf = mailboxes.filter(({ mayRead }) => !mayRead).length
  return (
    <Page
      title="Answers"
      description={
        <>
          What came back for your mail, and what Pacemail made of it. Only the facts are kept here; the mails themselves
          stay in your mailbox.
          {deaf === 0 ? '' : ` ${formatCount(deaf, 'mailbox is', 'mailboxes are')} not read; see the Mailboxes page.`}
        </>
      }
      isFull
    >
      <Filters view={view} show={show} />
      <AnswerList key={`${view.verdict} ${view.mailboxId}`} view={view} show={show} />
      <AnswerDrawer sendId={view.sendId} onClose={() => show({ sendId: null })} />
    </Page>
  )
}

interface FiltersProps {
  readonly view: AnswersView
  readonly show: (part: Partial<AnswersView>) => void
}

function Filters({ view, show }: FiltersProps) {
  const { mailboxes } = useAnswerMailboxes()
  return (
    <Group gap="md" justify="space-between">
      <FilterTabs label="Show" tabs={TABS} value={view.verdict} onChange={(verdict) => show({ verdict })} />
      {mailboxes.length < 2 ? null : (
        <Select
          size="xs"
          aria-label="Mailbox"
          placeholder="Any mailbox"
          clearable
          data={mailboxes.map(({ id, address }) => ({ value: String(id), label: address }))}
          value={view.mailboxId === null ? null : String(view.mailboxId)}
          onChange={(value) => show({ mailboxId: value === null ? null : Number(value) })}
          clearButtonProps={{ 'aria-label': 'Any mailbox' }}
        />
      )}
    </Group>
  )
}
