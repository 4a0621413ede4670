import { Button, Group, Modal, Stack, Textarea } from '@mantine/core'
import { useState, type SubmitEvent } from 'react'
import { useErrorText } from '../../ui/error-text-context.ts'
import { formatCount } from '../../ui/format.ts'
import { showNote } from '../../ui/note.ts'
import { useAddSuppressions } from './use-settings.ts'

interface Props {
  readonly isOpen: boolean
  readonly onClose: () => void
}

export function AddSuppressions({ isOpen, onClose }: Props) {
  return (
    <Modal opened={isOpen} onClose={onClose} title="Never write to these">
      <AddForm onClose={onClose} />
    </Modal>
  )
}

function AddForm({ onClose }: Pick<Props, 'onClose'>) {
  const [text, setText] = useState('')
  const add = useAddSuppressions()
  const say = useErrorText()
  const values = entriesOf(text)

  function submit(event: SubmitEvent): void {
    event.preventDefault()
    add.mutate(
      { values },
      {
        onSuccess: (result) => {
          showNote(addedText(result))
          onClose()
        },
      },
    )
  }

  return (
    <form onSubmit={submit}>
      <Stack>
        <Textarea
          label="Addresses or domains"
          description="One on each line. A domain stops mail to everybody there. Mail that waits for them is skipped."
          placeholder={'ann@corp.example\ncorp.example'}
          autosize
          minRows={5}
          maxRows={14}
          data-autofocus
          value={text}
          error={add.error === null ? null : say(add.error)}
          onChange={(event) => {
            add.reset()
            setText(event.currentTarget.value)
          }}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={add.isPending} disabled={values.length === 0}>
            {values.length < 2 ? 'Add' : `Add ${formatCount(values.length, 'entry', 'entries')}`}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

/** Lines, commas and semicolons all part one entry from the next. */
function entriesOf(text: string): string[] {
  return text
    .split(/[\n,;]/)
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '')
}

function addedText({ added, known, skippedSends }: { added: number; known: number; skippedSends: number }): string {
  const parts = [`${formatCount(added, 'entry', 'entries')} added`]
  if (known > 0) parts.push(`${formatCount(known, 'was', 'were')} there already`)
  if (skippedSends > 0) parts.push(`${formatCount(skippedSends, 'waiting mail')} skipped`)
  return `${parts.join(', ')}.`
}
