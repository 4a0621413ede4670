import { Button, Text, TextInput } from '@mantine/core'
import { useEffect, useRef, type KeyboardEvent, type RefObject } from 'react'
import type { Lead } from '#shared/contract/leads'
import type { UndoId } from '#shared/domain/ids'
import { useErrorText } from '../../ui/error-text-context.ts'
import type { ShownColumn } from './columns.ts'
import type { TextField } from './lead-draft.ts'
import { leadName } from './lead-words.ts'
import { rowElementId } from './LeadRow.tsx'
import styles from './leads.module.css'
import { useLeadEdit, type LeadEditing } from './use-lead-edit.ts'

interface Props {
  readonly index: number
  readonly lead: Lead
  readonly columns: readonly ShownColumn[]
  readonly isChosen: boolean
  readonly measure: (element: HTMLElement | null) => void
  readonly onSaved: (lead: Lead, undoId: UndoId) => void
  /** The focus goes back to the table. */
  readonly onEnd: () => void
}

/** One lead typed over where it stands: Enter saves, Escape leaves it as it was, Tab goes from field to field. */
export function EditRow(props: Props) {
  const { index, lead, columns, isChosen, measure, onSaved, onEnd } = props
  const first = useRef<HTMLInputElement>(null)
  const editing = useLeadEdit(lead, (saved, undoId) => {
    onSaved(saved, undoId)
    onEnd()
  })
  useEffect(() => first.current?.select(), [])
  // What can be typed over ends with the address; the rest of the row says what comes of it.
  const typed = columns.slice(0, columns.indexOf('email') + 1)

  function save(): void {
    if (editing.isDirty) editing.save()
    else onEnd()
  }

  function pressKey(event: KeyboardEvent): void {
    if (event.key === 'Enter' && event.target instanceof HTMLInputElement) save()
    else if (event.key === 'Escape') onEnd()
    else return
    event.preventDefault()
  }

  return (
    <div
      ref={measure}
      id={rowElementId(index)}
      data-index={index}
      data-current
      data-editing
      role="row"
      aria-rowindex={index + 2}
      aria-selected={isChosen}
      aria-label={`Change ${leadName(lead)}`}
      className={styles.row}
      onKeyDown={pressKey}
    >
      {typed.map((id) => (
        <div key={id} role="gridcell" className={styles.fields}>
          {FIELDS[id]?.map((field) => (
            <Field key={field} field={field} editing={editing} {...(field === 'firstName' ? { input: first } : {})} />
          ))}
        </div>
      ))}
      <div role="gridcell" className={styles.outcomeCell} style={{ gridColumn: `${typed.length + 1} / -1` }}>
        <Outcome editing={editing} onSave={save} onEnd={onEnd} />
      </div>
    </div>
  )
}

const FIELDS: Partial<Record<ShownColumn, readonly (keyof typeof LABELS)[]>> = {
  name: ['firstName', 'lastName'],
  company: ['company'],
  email: ['email'],
}

const LABELS = {
  firstName: 'First name',
  lastName: 'Last name',
  company: 'Company',
  email: 'Email address',
} satisfies Partial<Record<TextField, string>>

interface FieldProps {
  readonly field: keyof typeof LABELS
  readonly editing: LeadEditing
  readonly input?: RefObject<HTMLInputElement | null>
}

function Field({ field, editing, input }: FieldProps) {
  return (
    <TextInput
      {...(input === undefined ? {} : { ref: input })}
      size="xs"
      flex={1}
      miw={0}
      aria-label={LABELS[field]}
      placeholder={LABELS[field]}
      autoComplete="off"
      spellCheck={false}
      maxLength={field === 'email' ? 320 : 200}
      error={field === 'email' && editing.error !== null}
      value={editing.draft[field]}
      onChange={(event) => editing.type({ [field]: event.currentTarget.value })}
    />
  )
}

interface OutcomeProps {
  readonly editing: LeadEditing
  readonly onSave: () => void
  readonly onEnd: () => void
}

function Outcome({ editing, onSave, onEnd }: OutcomeProps) {
  const say = useErrorText()
  const { error, theirs } = editing
  const sentence =
    theirs !== null
      ? 'Something else changed this lead while you were typing. Your changes are not saved, and nothing was overwritten.'
      : error === null
        ? null
        : say(error)
  return (
    <>
      {theirs === null ? (
        <Button size="compact-xs" className="no-shrink" title="Enter" loading={editing.isSaving} onClick={onSave}>
          Save
        </Button>
      ) : (
        <Button size="compact-xs" className="no-shrink" onClick={editing.keepMine}>
          Keep my changes
        </Button>
      )}
      <Button size="compact-xs" className="no-shrink" variant="default" title="Escape" onClick={onEnd}>
        Discard
      </Button>
      {sentence === null ? null : (
        <Text size="sm" role="alert" className={styles.rowSays ?? ''}>
          {sentence}
        </Text>
      )}
    </>
  )
}
