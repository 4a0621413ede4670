import { useState } from 'react'
import { MOST_EDITS } from '#shared/domain/sequence-limits'
import { ApiError } from '../../api/api-error.ts'
import { useApi, useCallOnce } from '../../api/hooks.ts'
import type { OutputAt } from '../../api/paths.ts'
import { EditMailModal } from '../../ui/EditMailModal.tsx'
import { useErrorText } from '../../ui/error-text-context.ts'
import { MailForm } from '../../ui/MailForm.tsx'
import { wordsMistake } from '../../ui/words-mistake.ts'
import type { Wording } from './hand-edits.ts'
import type { HandEditing } from './use-hand-edits.ts'

interface Props {
  readonly mail: { readonly leadId: number; readonly templateId: number; readonly mailboxId: number }
  /** Words from a link, to begin with; null: those of the template, or what the rep wrote before. */
  readonly given: Wording | null
  readonly edits: HandEditing
  readonly onClose: () => void
}

/** The mail to one lead, to write over before it is queued. */
export function EditRecipient({ mail, given, edits, onClose }: Props) {
  const { data: lead } = useApi('leads.get', { leadId: mail.leadId })
  const name = lead === undefined ? '' : `${lead.firstName} ${lead.lastName}`.trim() || lead.email
  const asked = useApi('dispatch.source', { ...mail, words: given })
  // As it was when the form opened.
  const [source, setSource] = useState<OutputAt<'dispatch.source'> | null>(null)
  if (source === null && asked.data !== undefined) setSource(asked.data)
  const [hasTyped, setTyped] = useState(false)
  return (
    <EditMailModal name={name} error={source === null ? asked.error : null} hasTyped={hasTyped} onClose={onClose}>
      {source === null ? null : (
        <Form
          mail={mail}
          given={given}
          source={source}
          edits={edits}
          onClose={onClose}
          onTyped={() => setTyped(true)}
        />
      )}
    </EditMailModal>
  )
}

interface FormProps extends Props {
  readonly source: OutputAt<'dispatch.source'>
  readonly onTyped: () => void
}

function Form({ mail, given, source, edits, onClose, onTyped }: FormProps) {
  const check = useCheckWords(mail)
  const before = given === null ? edits.find(mail.leadId) : null
  const isFull = before === null && edits.list.length >= MOST_EDITS

  async function save(words: Wording): Promise<void> {
    if (!(await check.run(words))) return
    const isTemplate = given === null && words.subject === source.subject && words.body === source.body
    edits.set(mail.leadId, isTemplate ? null : words)
    onClose()
  }

  return (
    <MailForm
      words={before ?? source}
      format={source.format}
      note={given === null ? null : 'These words come from a link. Read them before you save them.'}
      isSaving={check.isBusy}
      failure={isFull ? `Only ${MOST_EDITS} mails of one dispatch can be changed by hand.` : check.failure}
      onSave={(words) => {
        if (!isFull) void save(words)
      }}
      onLeave={onClose}
      onTyped={onTyped}
    />
  )
}

/** By the rules that hold when it is queued. */
function useCheckWords(mail: Props['mail']) {
  const ask = useCallOnce()
  const say = useErrorText()
  const [isBusy, setBusy] = useState(false)
  const [failure, setFailure] = useState<string | null>(null)

  /** True: it can be queued so. */
  async function run({ subject, body }: Wording): Promise<boolean> {
    setBusy(true)
    setFailure(null)
    try {
      await ask('dispatch.preview', { ...mail, edit: { subject, body } })
      return true
    } catch (error) {
      const isMistake = error instanceof ApiError && error.code === 'template.invalid'
      setFailure(isMistake ? wordsMistake(error.details) : say(error))
      return false
    } finally {
      setBusy(false)
    }
  }

  return { run, isBusy, failure }
}
