import { Button, Group, Text } from '@mantine/core'

interface Props {
  readonly sentence: string
  readonly onUndo: () => void
}

/** What a toast says of a change that can be taken back. */
export function UndoLine({ sentence, onUndo }: Props) {
  return (
    <Group justify="space-between" wrap="nowrap" gap="md">
      <Text size="sm">{sentence}</Text>
      <Button size="compact-sm" variant="default" onClick={onUndo}>
        Undo
      </Button>
    </Group>
  )
}
