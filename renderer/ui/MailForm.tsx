import { Alert, Button, Group, Stack, Text, Textarea, TextInput } from '@mantine/core'
import { useState, type KeyboardEvent } from 'react'

export interface MailWords {
  readonly subject: string
  readonly body: string
}

interface Props {
  /** What stands there when the form opens; later changes of it take none of the rep's words away. */
  readonly words: MailWords
  readonly format: 'plain' | 'formatted'
  readonly isSaving: boolean
  /** Why it was not saved, as a sentence; null: it was not tried, or went well. */
  readonly failure: string | null
  readonly onSave: (words: MailWords) => void
  readonly onLeave: () => void
  /** The rep has begun to change it. */
  readonly onTyped?: () => void
  /** Where words come from that somebody else wrote; they can be saved as they are. */
  readonly note?: string | null
  /** Why the subject is not the rep's to write; null: it is. */
  readonly subjectNote?: string | null
}

/** One mail to write over. */
export function MailForm(props: Props) {
  const { words, format, isSaving, failure, onSave, onLeave, onTyped, note = null, subjectNote = null } = props
  const [opened] = useState(words)
  const [subject, setSubject] = useState(words.subject)
  const [body, setBody] = useState(words.body)
  const isChanged = subject !== opened.subject || body !== opened.body
  const canSave = isChanged || note !== null
  // Never with words of the rep in it.
  const leaveOnEscape = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || isChanged) return
    event.stopPropagation()
    onLeave()
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (canSave && !isSaving) onSave({ subject, body })
      }}
    >
      <Stack gap="sm">
        {failure === null ? null : (
          <Alert color="red" role="alert" title="Not saved">
            <Text size="sm">{failure} What you wrote is still here.</Text>
          </Alert>
        )}
        {note === null ? null : <Text size="sm">{note}</Text>}
        <TextInput
          label="Subject"
          description={subjectNote}
          readOnly={subjectNote !== null}
          value={subject}
          maxLength={500}
          onChange={(event) => {
            setSubject(event.currentTarget.value)
            onTyped?.()
          }}
          onKeyDown={leaveOnEscape}
          data-autofocus={subjectNote === null || undefined}
        />
        <Textarea
          label="Text"
          description={
            format === 'formatted'
              ? 'With **bold**, *italic*, [links](https://…) and lists. Only this one mail changes.'
              : 'Only this one mail changes.'
          }
          value={body}
          maxLength={50_000}
          autosize
          minRows={8}
          maxRows={20}
          onChange={(event) => {
            setBody(event.currentTarget.value)
            onTyped?.()
          }}
          onKeyDown={leaveOnEscape}
          data-autofocus={subjectNote !== null || undefined}
        />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" size="xs" onClick={onLeave}>
            Leave it as it was
          </Button>
          <Button type="submit" size="xs" disabled={!canSave} loading={isSaving}>
            Save the text
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
