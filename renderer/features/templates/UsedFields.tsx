import { Button, Group, Popover, Stack, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { type UsedField, usedFields } from '#shared/domain/merge-fallback'
import { fieldLabel } from './merge-field.ts'

interface Props {
  readonly texts: readonly string[]
  /** Null: required. */
  readonly onFallback: (field: UsedField, fallback: string | null) => void
}

/** The fields in the text as chips, each with what stands there for a lead that has none. A press changes that. */
export function UsedFields({ texts, onFallback }: Props) {
  const fields = usedFields(texts)
  if (fields.length === 0) return null
  return (
    <Group gap={6} role="group" aria-label="Fields in this text">
      <Text size="sm" c="dimmed">
        In it
      </Text>
      {fields.map((field) => (
        <FieldChip
          key={`${field.key} ${field.fallback}`}
          field={field}
          onFallback={(fallback) => onFallback(field, fallback)}
        />
      ))}
    </Group>
  )
}

interface ChipProps {
  readonly field: UsedField
  readonly onFallback: (fallback: string | null) => void
}

function FieldChip({ field, onFallback }: ChipProps) {
  const [isOpen, setOpen] = useState(false)
  const label = fieldLabel(field.name)
  const words =
    field.fallback === null ? 'required' : field.fallback === '' ? 'else nothing' : `else “${field.fallback}”`
  return (
    <Popover opened={isOpen} onChange={setOpen} trapFocus returnFocus withArrow position="top" shadow="md">
      <Popover.Target>
        <Button size="compact-xs" variant="default" fw={400} onClick={() => setOpen(!isOpen)}>
          {label}, {words}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={`Without a value: ${label}`}>
        <FallbackForm
          field={field}
          label={label}
          onSave={(fallback) => {
            setOpen(false)
            onFallback(fallback)
          }}
        />
      </Popover.Dropdown>
    </Popover>
  )
}

interface FormProps {
  readonly field: UsedField
  readonly label: string
  readonly onSave: (fallback: string | null) => void
}

function FallbackForm({ field, label, onSave }: FormProps) {
  const [text, setText] = useState(field.fallback ?? '')
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        event.stopPropagation()
        onSave(text)
      }}
    >
      <Stack gap="xs" maw={280}>
        <TextInput
          data-autofocus
          size="xs"
          label={`For a lead without: ${label}`}
          description="Read the sentence with it once. Empty: nothing stands there."
          maxLength={100}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <Group gap="xs">
          <Button size="compact-sm" type="submit">
            Use this
          </Button>
          <Button size="compact-sm" variant="default" onClick={() => onSave(null)}>
            Leave such leads out
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
