import { Button, Group, Stack, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useErasePerson, usePersonExport, usePersonSummary } from '../../api/use-person.ts'
import { erasedText } from '../../ui/erase-words.ts'
import { ErasePersonModal } from '../../ui/ErasePersonModal.tsx'
import { useErrorText } from '../../ui/error-text-context.ts'
import { showNote } from '../../ui/note.ts'
import { saveText } from '../../ui/save-text.ts'

/** A copy of one person's data, or an end to it, by address. */
export function PersonData() {
  const [address, setAddress] = useState('')
  const [problem, setProblem] = useState<string | null>(null)
  const [asked, setAsked] = useState<string | null>(null)
  const say = useErrorText()
  const { isExporting, read } = usePersonExport()
  const typed = address.trim()
  return (
    <Stack gap="xs">
      <Text size="sm">
        Somebody wants a copy of what you keep about them, or wants it gone? Type their address; every spelling of it
        counts.
      </Text>
      <Group align="flex-end">
        <TextInput
          label="Address of the person"
          placeholder="ann@corp.example"
          w={320}
          value={address}
          error={problem}
          onChange={(event) => {
            setAddress(event.currentTarget.value)
            setProblem(null)
          }}
        />
        <Button
          variant="default"
          disabled={typed === ''}
          loading={isExporting}
          onClick={() => void read(typed).then(saveText, (failure: unknown) => setProblem(say(failure)))}
        >
          Export their data
        </Button>
        <Button variant="light" color="red" disabled={typed === ''} onClick={() => setAsked(typed)}>
          Erase…
        </Button>
      </Group>
      {asked === null ? null : <EraseDialog address={asked} onClose={() => setAsked(null)} />}
    </Stack>
  )
}

function EraseDialog({ address, onClose }: { readonly address: string; readonly onClose: () => void }) {
  const say = useErrorText()
  const { data: person, error } = usePersonSummary(address)
  const erase = useErasePerson()
  const problem = erase.error ?? error
  return (
    <ErasePersonModal
      address={address}
      person={person}
      isErasing={erase.isPending}
      problem={problem === null ? null : say(problem)}
      onClose={onClose}
      onErase={(choice) =>
        erase.mutate(
          { address, ...choice },
          {
            onSuccess: (done) => {
              showNote(erasedText(done))
              onClose()
            },
          },
        )
      }
    />
  )
}
