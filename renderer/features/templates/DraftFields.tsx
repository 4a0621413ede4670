import { Group, SegmentedControl, TextInput, Textarea } from '@mantine/core'
import { useRef } from 'react'
import type { TemplateProblem } from '#shared/contract/templates'
import { withFallback } from '#shared/domain/merge-fallback'
import { AdviceList } from './AdviceList.tsx'
import { insertAtCaret } from './edit-text.ts'
import { FormatToolbar } from './FormatToolbar.tsx'
import { InsertBar } from './InsertBar.tsx'
import { problemRange } from './problem-text.ts'
import { ProblemList } from './ProblemList.tsx'
import styles from './templates.module.css'
import { UsedFields } from './UsedFields.tsx'
import { readField, typeInto, type TextField } from './type-into.ts'
import type { Draft } from './use-draft.ts'

type Place = Pick<TemplateProblem, 'part' | 'at' | 'text'>

interface Props {
  readonly draft: Draft
  readonly onChange: (part: Partial<Draft>) => void
  readonly problems: readonly TemplateProblem[]
  readonly nameError: string | null
  readonly isReadOnly: boolean
}

const FORMATS = [
  { value: 'plain', label: 'Plain text' },
  { value: 'formatted', label: 'Formatted' },
]

/** Name, subject and body, with what helps to write them. */
export function DraftFields({ draft, onChange, problems, nameError, isReadOnly }: Props) {
  const subject = useRef<HTMLInputElement>(null)
  const body = useRef<HTMLTextAreaElement>(null)
  const last = useRef<TextField | null>(null)
  const remember = (event: { currentTarget: TextField }) => {
    last.current = event.currentTarget
  }
  const isFormatted = draft.format === 'formatted'
  const showProblem = (problem: Place) => {
    const field = problem.part === 'subject' ? subject.current : body.current
    if (field === null) return
    const { start, end } = problemRange(problem, field.value)
    field.focus()
    field.setSelectionRange(start, end)
  }

  return (
    <>
      <TextInput
        label="Name"
        placeholder="Only you see it"
        value={draft.name}
        maxLength={100}
        error={nameError}
        readOnly={isReadOnly}
        onChange={(event) => onChange({ name: event.currentTarget.value })}
        data-autofocus={draft.name === '' || undefined}
      />
      <TextInput
        ref={subject}
        label="Subject"
        value={draft.subject}
        maxLength={500}
        readOnly={isReadOnly}
        onFocus={remember}
        onChange={(event) => onChange({ subject: event.currentTarget.value })}
      />
      <ProblemList part="subject" problems={problems} content={draft} onShow={showProblem} />
      <Group justify="space-between" gap="xs">
        <SegmentedControl
          size="xs"
          aria-label="Kind of text"
          data={FORMATS}
          value={draft.format}
          readOnly={isReadOnly}
          onChange={(format) => onChange({ format: format === 'formatted' ? 'formatted' : 'plain' })}
        />
        {isFormatted && !isReadOnly ? <FormatToolbar body={body} /> : null}
      </Group>
      <Textarea
        ref={body}
        aria-label="Text"
        placeholder='Hi {{firstName | default: "there"}}, …'
        value={draft.body}
        maxLength={50_000}
        readOnly={isReadOnly}
        onFocus={remember}
        onChange={(event) => onChange({ body: event.currentTarget.value })}
        classNames={{
          root: styles['bodyField'] ?? '',
          wrapper: styles['bodyField'] ?? '',
          input: styles['bodyInput'] ?? '',
        }}
      />
      <ProblemList part="body" problems={problems} content={draft} onShow={showProblem} />
      {isReadOnly ? null : (
        <>
          <AdviceList content={draft} onShow={showProblem} />
          <UsedFields
            texts={[draft.subject, draft.body]}
            onFallback={(field, fallback) =>
              onChange({
                subject: withFallback(draft.subject, field, fallback),
                body: withFallback(draft.body, field, fallback),
              })
            }
          />
          <InsertBar onInsert={(piece) => insertInto(last.current ?? body.current, piece)} />
        </>
      )}
    </>
  )
}

function insertInto(field: TextField | null, piece: string): void {
  if (field !== null) typeInto(field, insertAtCaret(readField(field), piece))
}
