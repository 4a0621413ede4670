import { Alert, Button, Group, Skeleton, Stack, Text, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useApi, useCall } from '../../api/hooks.ts'
import type { ApiError } from '../../api/api-error.ts'
import type { OutputAt } from '../../api/paths.ts'
import { useErrorText } from '../../ui/error-text-context.ts'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'

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
  const [subject, setSubject] = useState(source.subject)
  const [body, setBody] = useState(source.body)
  const save = useCall('sends.edit', { quiet: true })
  const isChanged = subject !== source.subject || body !== source.body
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (isChanged) save.mutate({ sendId, revision, subject, body }, { onSuccess: onDone })
      }}
    >
      <Stack gap="sm">
        <EditFailure error={save.error} />
        <TextInput
          label="Subject"
          value={subject}
          maxLength={500}
          onChange={(event) => setSubject(event.currentTarget.value)}
          data-autofocus
        />
        <Textarea
          label="Text"
          description={
            source.format === 'formatted'
              ? 'With **bold**, *italic*, [links](https://…) and lists. Only this one mail changes.'
              : 'Only this one mail changes.'
          }
          value={body}
          maxLength={50_000}
          autosize
          minRows={8}
          maxRows={20}
          onChange={(event) => setBody(event.currentTarget.value)}
        />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" size="xs" onClick={onDone}>
            Leave it as it was
          </Button>
          <Button type="submit" size="xs" disabled={!isChanged} loading={save.isPending}>
            Save the text
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

function EditFailure({ error }: { readonly error: ApiError | null }) {
  const say = useErrorText()
  if (error === null) return null
  return (
    <Alert color="red" role="alert" title="Not saved">
      <Text size="sm">
        {error.code === 'template.invalid' ? invalidText(error.details) : say(error)} What you wrote is still here.
      </Text>
    </Alert>
  )
}

/** In a single mail all fields are filled in already; of the others only those dated at dispatch may stand. */
function invalidText({ code, text }: ApiError['details']): string {
  if (code === 'empty_subject') return 'A mail needs a subject.'
  if (code === 'empty_body') return 'The mail is empty.'
  return `${typeof text === 'string' && text !== '' ? text : 'A field'} cannot stand in a single mail. Write the words themselves.`
}
