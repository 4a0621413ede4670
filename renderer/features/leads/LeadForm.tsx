import { Alert, Anchor, Button, Group, SimpleGrid, Stack, Text, Textarea, TextInput } from '@mantine/core'
import { useEffect, type RefObject } from 'react'
import type { Lead } from '#shared/contract/leads'
import { domainOfAddress } from '#shared/domain/address'
import type { LeadId, UndoId } from '#shared/domain/ids'
import type { ErrorCode } from '#shared/errors'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { useErrorText } from '../../ui/error-text-context.ts'
import { useNow } from '../../ui/use-now.ts'
import { basisVerdict } from '../../ui/basis-words.ts'
import { BasisFields } from '../../ui/BasisFields.tsx'
import type { TextField } from './lead-draft.ts'
import { leadName } from './lead-words.ts'
import styles from './leads.module.css'
import { useLeadEdit, type LeadEditing } from './use-lead-edit.ts'

interface Props {
  readonly lead: Lead
  /** The rep moved on while this lead has changes that are not saved. */
  readonly isLeftBehind: boolean
  readonly firstField: RefObject<HTMLInputElement | null>
  /** Stable. The lead with changes that are not saved; null: none. */
  readonly onHold: (id: LeadId | null) => void
  readonly onSaved: (lead: Lead, undoId: UndoId) => void
}

const LABELS = {
  firstName: 'First name',
  lastName: 'Last name',
  email: 'Email address',
  company: 'Company',
  title: 'Job title',
  phone: 'Phone',
  website: 'Website',
  country: 'Country',
  zone: 'Time zone',
  note: 'Note',
} satisfies Record<Exclude<TextField, 'source' | 'basisNote'>, string>

type ShortField = Exclude<TextField, 'email' | 'note' | 'source' | 'basisNote'>

/** Told at the field itself. */
const ADDRESS_CODES: readonly ErrorCode[] = ['lead.address_invalid', 'lead.address_taken']

const LIMITS: Partial<Record<TextField, number>> = {
  email: 320,
  website: 300,
  phone: 60,
  country: 60,
  zone: 64,
  note: 4_000,
}
const PAIRED: readonly ShortField[] = ['company', 'title', 'phone', 'website', 'country', 'zone']

/** What the rep may type over. Nothing is written before Save. */
export function LeadForm({ lead, isLeftBehind, firstField, onHold, onSaved }: Props) {
  const editing = useLeadEdit(lead, onSaved)
  const { isDirty } = editing
  useEffect(() => {
    onHold(isDirty ? lead.id : null)
    return () => onHold(null)
  }, [isDirty, lead.id, onHold])

  return (
    <form
      aria-label={`Details of ${leadName(lead)}`}
      onSubmit={(event) => {
        event.preventDefault()
        editing.save()
      }}
    >
      <Stack gap="xs">
        <SimpleGrid cols={2} spacing="xs" verticalSpacing="xs">
          <Field name="firstName" editing={editing} input={firstField} />
          <Field name="lastName" editing={editing} />
        </SimpleGrid>
        <EmailField editing={editing} />
        <SimpleGrid cols={2} spacing="xs" verticalSpacing="xs">
          {PAIRED.map((name) => (
            <Field key={name} name={name} editing={editing} />
          ))}
          <OwnFields editing={editing} />
        </SimpleGrid>
        <Textarea
          size="xs"
          label={LABELS.note}
          autosize
          minRows={2}
          maxRows={8}
          maxLength={LIMITS.note ?? 4_000}
          value={editing.draft.note}
          onChange={(event) => editing.type({ note: event.currentTarget.value })}
        />
        <BasisPart editing={editing} />
        <Outcome editing={editing} name={leadName(lead)} isLeftBehind={isLeftBehind} />
      </Stack>
    </form>
  )
}

interface FieldProps {
  readonly name: ShortField
  readonly editing: LeadEditing
  readonly input?: RefObject<HTMLInputElement | null>
}

function Field({ name, editing, input }: FieldProps) {
  return (
    <TextInput
      {...(input === undefined ? {} : { ref: input })}
      size="xs"
      label={LABELS[name]}
      maxLength={LIMITS[name] ?? 200}
      autoComplete="off"
      value={editing.draft[name]}
      onChange={(event) => editing.type({ [name]: event.currentTarget.value })}
    />
  )
}

function EmailField({ editing }: { readonly editing: LeadEditing }) {
  const say = useErrorText()
  const { error } = editing
  const isHere = error !== null && ADDRESS_CODES.includes(error.code)
  return (
    <TextInput
      size="xs"
      label={LABELS.email}
      maxLength={LIMITS.email ?? 320}
      autoComplete="off"
      spellCheck={false}
      value={editing.draft.email}
      error={isHere ? say(error) : null}
      onChange={(event) => editing.type({ email: event.currentTarget.value })}
    />
  )
}

/** Columns of the import that Pacemail has no place for, under their own names. */
function OwnFields({ editing }: { readonly editing: LeadEditing }) {
  const { fields } = editing.draft
  return Object.entries(fields).map(([name, value]) => (
    <TextInput
      key={name}
      size="xs"
      label={name}
      maxLength={2_000}
      autoComplete="off"
      value={value}
      onChange={(event) => editing.type({ fields: { ...fields, [name]: event.currentTarget.value } })}
    />
  ))
}

/** Where the lead is from, why it may be written to, and what the rules of its country say to that. */
function BasisPart({ editing }: { readonly editing: LeadEditing }) {
  const { draft } = editing
  const facts = { ...draft, domain: domainOfAddress(draft.email) }
  const { isEnough, sentence, rule } = basisVerdict(facts, useNow())
  return (
    <Stack gap={4}>
      <BasisFields size="xs" value={draft} onChange={editing.type} />
      <Text size="xs" role="status" {...(isEnough ? { c: 'dimmed' } : { fw: 600 })}>
        {sentence}
      </Text>
      <Text size="xs" c="dimmed">
        {rule.law} (
        <Anchor href={rule.url} target="_blank" rel="noreferrer" size="xs" underline="always">
          the text
        </Anchor>
        , as of {rule.asOf}).
      </Text>
    </Stack>
  )
}

interface OutcomeProps {
  readonly editing: LeadEditing
  readonly name: string
  readonly isLeftBehind: boolean
}

/** Stays in sight at the lower edge while anything is unsaved. */
function Outcome({ editing, name, isLeftBehind }: OutcomeProps) {
  const { error, theirs } = editing
  if (!editing.isDirty) return null
  const isElsewhere = error !== null && !ADDRESS_CODES.includes(error.code) && theirs === null
  return (
    <Stack gap="xs" className={styles.outcome}>
      {isLeftBehind ? (
        <Text size="sm" role="status">
          Your changes to {name} are not saved. Save or discard them to see the next lead here.
        </Text>
      ) : null}
      {isElsewhere ? <ErrorPanel error={error} title="Not saved" /> : null}
      {theirs === null ? (
        <Group gap="xs">
          <Button type="submit" size="xs" loading={editing.isSaving}>
            Save
          </Button>
          <Button size="xs" variant="default" onClick={editing.discard}>
            Discard
          </Button>
        </Group>
      ) : (
        <ChangedMeanwhile editing={editing} />
      )}
    </Stack>
  )
}

function ChangedMeanwhile({ editing }: { readonly editing: LeadEditing }) {
  return (
    <Alert color="yellow" role="alert" title="This lead was changed meanwhile">
      <Text size="sm">
        Something else changed this lead while you were typing. Your changes are not saved, and nothing was overwritten.
      </Text>
      <Group gap="xs" mt="xs">
        <Button size="xs" onClick={editing.keepMine}>
          Keep my changes
        </Button>
        <Button size="xs" variant="default" onClick={editing.discard}>
          Show it as it is now
        </Button>
      </Group>
    </Alert>
  )
}
