import { Button, Group, Modal, Text } from '@mantine/core'
import { useBlocker } from '@tanstack/react-router'

interface Props {
  readonly isDirty: boolean
  readonly canSave: boolean
  /** Resolves with whether it was saved. */
  readonly onSave: () => Promise<boolean>
}

/** Asks before unsaved changes are left behind, inside the app and when the window closes. */
export function UnsavedGuard({ isDirty, canSave, onSave }: Props) {
  const blocker = useBlocker({
    shouldBlockFn: ({ current, next }) => isDirty && placeOf(current) !== placeOf(next),
    enableBeforeUnload: isDirty,
    withResolver: true,
  })
  if (blocker.status !== 'blocked') return null
  const { proceed, reset } = blocker

  return (
    <Modal opened onClose={reset} title="Keep your changes?" centered>
      <Text size="sm">This template has changes that are not saved.</Text>
      <Group justify="flex-end" mt="lg" gap="xs">
        <Button variant="subtle" onClick={reset}>
          Go on writing
        </Button>
        <Button variant="default" onClick={proceed}>
          Throw them away
        </Button>
        <Button
          disabled={!canSave}
          data-autofocus
          onClick={() => void onSave().then((isSaved) => (isSaved ? proceed() : reset()))}
        >
          Save and go on
        </Button>
      </Group>
    </Modal>
  )
}

/** Where a template is edited: the page and the template in its address. */
function placeOf({ pathname, search }: { readonly pathname: string; readonly search: object }): string {
  return `${pathname} ${'template' in search ? String(search.template) : ''}`
}
