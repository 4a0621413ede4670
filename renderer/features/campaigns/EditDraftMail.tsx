import { useState } from 'react'
import type { Campaign, DraftMail, Person } from '#shared/contract/campaigns'
import { EditMailModal } from '../../ui/EditMailModal.tsx'
import { useErrorText } from '../../ui/error-text-context.ts'
import { MailForm } from '../../ui/MailForm.tsx'
import { wordsMistake } from '../../ui/words-mistake.ts'
import { personName } from './campaign-words.ts'
import { useWriteDraftMail } from './use-campaigns.ts'

interface Props {
  readonly campaignId: Campaign['id']
  readonly person: Person
  /** As it was when the form opened: what changes meanwhile must not take the rep's words away. */
  readonly mail: DraftMail
  readonly onClose: () => void
}

/** One mail of a draft, to write over for one person. */
export function EditDraftMail({ campaignId, person, mail, onClose }: Props) {
  const write = useWriteDraftMail(true)
  const say = useErrorText()
  const [hasTyped, setTyped] = useState(false)
  const { error } = write
  const { leadId } = person
  const { step, templateId, source, isAnswer } = mail
  return (
    <EditMailModal name={personName(person)} error={null} hasTyped={hasTyped} onClose={onClose}>
      <MailForm
        words={isAnswer ? { ...source, subject: mail.subject } : source}
        format={source.format}
        subjectNote={isAnswer ? 'It answers in the thread, and has the subject of the mail before it.' : null}
        isSaving={write.isPending}
        failure={error && (error.code === 'template.invalid' ? wordsMistake(error.details) : say(error))}
        onSave={({ subject, body }) => {
          const words = { subject, body, format: source.format }
          write.mutate({ campaignId, leadId, step, templateId, words }, { onSuccess: onClose })
        }}
        onLeave={onClose}
        onTyped={() => setTyped(true)}
      />
    </EditMailModal>
  )
}
