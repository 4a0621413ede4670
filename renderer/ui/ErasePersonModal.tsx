import { Alert, Button, Checkbox, Group, List, Modal, Skeleton, Stack, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { goesLines, staysLines, type PersonFigures } from './erase-words.ts'

interface Props {
  readonly address: string
  /** Undefined: still asked for. */
  readonly person: PersonFigures | undefined
  readonly isErasing: boolean
  /** What went wrong, as a sentence. */
  readonly problem: string | null
  readonly onErase: (choice: { confirmation: string; replacesBackups: boolean }) => void
  readonly onClose: () => void
}

/** Says what goes and what stays, and wants the address typed before anything is erased. */
export function ErasePersonModal(props: Props) {
  const { address, person, isErasing, problem, onClose } = props
  return (
    <Modal opened onClose={onClose} title={`Erase ${address}`} size="lg" closeOnClickOutside={!isErasing}>
      <Stack gap="md">
        {problem === null ? null : (
          <Alert color="red" variant="light">
            {problem}
          </Alert>
        )}
        {person === undefined && problem === null ? <Skeleton h={180} role="status" aria-label="Loading" /> : null}
        {person === undefined ? null : <Details person={person} />}
        {person === undefined ? null : <Confirm {...props} person={person} />}
      </Stack>
    </Modal>
  )
}

function Details({ person }: { readonly person: PersonFigures }) {
  return (
    <>
      {person.isErased ? <Text size="sm">This person was erased before and is kept out already.</Text> : null}
      <div>
        <Text fw={600} size="sm">
          What goes, for good
        </Text>
        <Lines lines={goesLines(person)} />
      </div>
      <div>
        <Text fw={600} size="sm">
          What stays
        </Text>
        <Lines lines={staysLines(person)} />
      </div>
    </>
  )
}

function Lines({ lines }: { readonly lines: readonly string[] }) {
  return (
    <List size="sm" spacing={2}>
      {lines.map((line) => (
        <List.Item key={line}>{line}</List.Item>
      ))}
    </List>
  )
}

function Confirm({ address, person, isErasing, onErase, onClose }: Props & { readonly person: PersonFigures }) {
  const [confirmation, setConfirmation] = useState('')
  const [replacesBackups, setReplacesBackups] = useState(true)
  const isTyped = confirmation.trim().toLowerCase() === address.trim().toLowerCase()
  if (person.inFlight > 0) {
    return (
      <Alert color="yellow" variant="light">
        A mail to this person is on its way, or nobody knows yet whether it arrived. Settle it on the Queue page first.
      </Alert>
    )
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (isTyped) onErase({ confirmation: confirmation.trim(), replacesBackups })
      }}
    >
      <Stack gap="sm">
        <Checkbox
          label="Erase them from the backups too"
          description="A new backup is made now and the older ones are removed. Without this, the backups of the last days keep the person until the last of them has gone."
          checked={replacesBackups}
          onChange={(event) => setReplacesBackups(event.currentTarget.checked)}
        />
        <TextInput
          data-autofocus
          label={`Type ${address} to confirm`}
          autoComplete="off"
          spellCheck={false}
          value={confirmation}
          onChange={(event) => setConfirmation(event.currentTarget.value)}
        />
        <Group justify="flex-end">
          <Button variant="default" disabled={isErasing} onClick={onClose}>
            Keep everything
          </Button>
          <Button type="submit" color="red" loading={isErasing} disabled={!isTyped}>
            Erase for good
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
