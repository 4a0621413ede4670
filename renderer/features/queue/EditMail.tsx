import { Skeleton } from '@mantine/core'
import { useState } from 'react'
import { useApi, useCall } from '../../api/hooks.ts'
import type { OutputAt } from '../../api/paths.ts'
import { useErrorText } from '../../ui/error-text-context.ts'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { MailForm } from '../../ui/MailForm.tsx'
import { wordsMistake } from '../../ui/words-mistake.ts'

interface Props {
  readonly sendId: number
  readonly onDone: () => void
}

/** The text of one waiting mail, to write over. */
export function EditMail({ sendId, onDone }: Props) {
  const asked = useApi('sends.source', { sendId })
  // As it was when the form opened: what moves meanwhile must not take the rep's words away.
  const [opened, setOpened] = useState<OutputAt<'sends.source'> | null>(null)
  if (opened === null && asked.data !== undefined) setOpened(asked.data)
  if (opened !== null) return <EditForm sendId={sendId} opened={opened} onDone={onDone} />
  return asked.error === null ? <Skeleton h={240} /> : <ErrorPanel error={asked.error} title="It cannot be changed" />
}

function EditForm({ sendId, opened, onDone }: Props & { readonly opened: OutputAt<'sends.source'> }) {
  const { source, revision } = opened
  const save = useCall('sends.edit', { quiet: true })
  const say = useErrorText()
  const { error } = save
  return (
    <MailForm
      words={source}
      format={source.format}
      isSaving={save.isPending}
      failure={error && (error.code === 'template.invalid' ? wordsMistake(error.details) : say(error))}
      onSave={({ subject, body }) => save.mutate({ sendId, revision, subject, body }, { onSuccess: onDone })}
      onLeave={onDone}
    />
  )
}
