import { ActionIcon, Alert, Button, Group, Modal, Stack, Text, Textarea, TextInput } from '@mantine/core'
import { Pencil, Plus, Trash2, TriangleAlert } from 'lucide-react'
import { useState } from 'react'
import type { ApiError } from '../../api/api-error.ts'
import { useErrorText } from '../../ui/error-text-context.ts'
import { problemText } from './problem-text.ts'
import styles from './templates.module.css'
import { type Snippet, useRemoveSnippet, useSaveSnippet, useSnippets } from './use-snippets.ts'

interface Props {
  readonly isOpen: boolean
  readonly onClose: () => void
}

/** Pieces of text that the rep uses in several templates. */
export function SnippetsModal({ isOpen, onClose }: Props) {
  return (
    <Modal opened={isOpen} onClose={onClose} title="Snippets" size="lg" closeButtonProps={{ 'aria-label': 'Close' }}>
      <SnippetDesk />
    </Modal>
  )
}

function SnippetDesk() {
  const snippets = useSnippets()
  const [open, setOpen] = useState<Snippet | 'new' | null>(null)
  if (open !== null) {
    const snippet = open === 'new' ? null : open
    return <SnippetForm key={snippet?.id ?? 'new'} snippet={snippet} onDone={() => setOpen(null)} />
  }
  return (
    <Stack>
      <Text size="sm" c="dimmed">
        A snippet is copied into the template. Changing it later changes no template and no mail.
      </Text>
      <ul className={styles['snippets']}>
        {snippets.map((snippet) => (
          <SnippetRow key={snippet.id} snippet={snippet} onEdit={() => setOpen(snippet)} />
        ))}
      </ul>
      <Group justify="flex-end">
        <Button leftSection={<Plus size={14} aria-hidden />} size="xs" onClick={() => setOpen('new')} data-autofocus>
          New snippet
        </Button>
      </Group>
    </Stack>
  )
}

function SnippetRow({ snippet, onEdit }: { readonly snippet: Snippet; readonly onEdit: () => void }) {
  const remove = useRemoveSnippet()
  const { id, name, text, problems } = snippet
  const [problem] = problems
  return (
    <li>
      <div className={styles['snippetText']}>
        <Text size="sm" fw={600}>
          {name}
        </Text>
        <Text size="sm" c="dimmed" lineClamp={2}>
          {text}
        </Text>
        {problem === undefined ? null : (
          <Group gap={6} wrap="nowrap" c="var(--mantine-color-error)">
            <TriangleAlert size={14} aria-hidden />
            <Text size="xs">
              {problem.text} {problemText(problem)}
            </Text>
          </Group>
        )}
      </div>
      <ActionIcon variant="default" aria-label={`Edit ${name}`} onClick={onEdit}>
        <Pencil size={16} aria-hidden />
      </ActionIcon>
      <ActionIcon
        variant="default"
        aria-label={`Remove ${name}`}
        loading={remove.isPending}
        onClick={() => remove.mutate({ snippetId: id })}
      >
        <Trash2 size={16} aria-hidden />
      </ActionIcon>
    </li>
  )
}

function SnippetForm({ snippet, onDone }: { readonly snippet: Snippet | null; readonly onDone: () => void }) {
  const [name, setName] = useState(snippet?.name ?? '')
  const [text, setText] = useState(snippet?.text ?? '')
  const save = useSaveSnippet()
  const canSave = name.trim() !== '' && text !== ''
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (canSave) save.mutate({ snippetId: snippet?.id ?? null, name, text }, { onSuccess: onDone })
      }}
    >
      <Stack>
        <SaveFailure error={save.error} />
        <TextInput
          label="Name"
          value={name}
          maxLength={100}
          error={save.error?.code === 'snippet.name_taken' ? 'Another snippet has this name.' : null}
          onChange={(event) => setName(event.currentTarget.value)}
          data-autofocus
        />
        <Textarea
          label="Text"
          description="It may hold merge fields, such as {{firstName}}."
          value={text}
          maxLength={10_000}
          autosize
          minRows={4}
          maxRows={14}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onDone}>
            Back
          </Button>
          <Button type="submit" disabled={!canSave} loading={save.isPending}>
            Save snippet
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

/** A name that is taken is said at the name. */
function SaveFailure({ error }: { readonly error: ApiError | null }) {
  const say = useErrorText()
  if (error === null || error.code === 'snippet.name_taken') return null
  return (
    <Alert color="red" role="alert" title="Not saved">
      {say(error)} What you wrote is still here.
    </Alert>
  )
}
