import { ActionIcon, Button, Group, NumberInput, SegmentedControl, Select, Stack, Text } from '@mantine/core'
import { Plus, Trash2, X } from 'lucide-react'
import type { Template } from '#shared/contract/templates'
import { mailName, variantName } from './campaign-words.ts'
import { canAddVariant, type StepDraft } from './sequence-draft.ts'

interface Props {
  readonly step: StepDraft
  readonly index: number
  readonly templates: readonly Template[]
  readonly canRemove: boolean
  readonly onChange: (part: Partial<StepDraft>) => void
  readonly onRemove: () => void
}

const UNITS = [
  { value: 'working_days', label: 'working days' },
  { value: 'days', label: 'days' },
]

const THREADINGS = [
  { value: 'reply', label: 'Answer in the thread' },
  { value: 'new', label: 'New mail' },
]

/** When one mail goes, what it is, and its text. */
export function StepFields({ step, index, templates, canRemove, onChange, onRemove }: Props) {
  const { templateIds } = step
  return (
    <Stack gap="xs">
      {index === 0 ? null : <Timing step={step} index={index} onChange={onChange} />}
      {templateIds.map((templateId, variant) => (
        <TemplateChoice
          // A text has no identity of its own but its place.
          key={variant}
          label={templateIds.length === 1 ? 'Template' : `Text ${variantName(variant)}`}
          templates={templates}
          templateId={templateId}
          onChange={(chosen) => onChange({ templateIds: templateIds.with(variant, chosen) })}
          onRemove={
            templateIds.length === 1 ? null : () => onChange({ templateIds: templateIds.toSpliced(variant, 1) })
          }
        />
      ))}
      {index > 0 && step.threading === 'reply' ? (
        <Text size="xs" c="dimmed">
          As an answer it carries the subject of the mail that it follows.
        </Text>
      ) : null}
      <Group gap="xs" justify="space-between">
        <Group gap="xs">
          <Button
            size="compact-sm"
            variant="subtle"
            leftSection={<Plus size={14} aria-hidden />}
            disabled={!canAddVariant(step)}
            onClick={() => onChange({ templateIds: [...templateIds, null] })}
          >
            Compare with another text
          </Button>
          {templateIds.length === 1 ? null : (
            <Text size="xs" c="dimmed">
              Split evenly among the people.
            </Text>
          )}
        </Group>
        {canRemove ? (
          <Button
            size="compact-sm"
            variant="subtle"
            color="red"
            leftSection={<Trash2 size={14} aria-hidden />}
            aria-label={`Remove ${mailName(index).toLowerCase()}`}
            onClick={onRemove}
          >
            Remove
          </Button>
        ) : null}
      </Group>
    </Stack>
  )
}

function Timing({ step, index, onChange }: Pick<Props, 'step' | 'index' | 'onChange'>) {
  return (
    <Group gap="xs" align="flex-end">
      <NumberInput
        w={90}
        size="xs"
        label="Wait"
        aria-label={`Wait before mail ${index + 1}`}
        min={0}
        max={365}
        allowDecimal={false}
        allowNegative={false}
        clampBehavior="strict"
        value={step.days}
        onChange={(value) => onChange({ days: Number(value) || 0 })}
      />
      <Select
        w={140}
        size="xs"
        aria-label={`Unit of the wait before mail ${index + 1}`}
        allowDeselect={false}
        data={UNITS}
        value={step.unit}
        onChange={(value) => onChange({ unit: value === 'days' ? 'days' : 'working_days' })}
      />
      <Text size="sm" pb={4}>
        after mail {index}
      </Text>
      <SegmentedControl
        size="xs"
        aria-label={`How mail ${index + 1} is sent`}
        data={THREADINGS}
        value={step.threading}
        onChange={(value) => onChange({ threading: value === 'new' ? 'new' : 'reply' })}
      />
    </Group>
  )
}

interface ChoiceProps {
  readonly label: string
  readonly templates: readonly Template[]
  readonly templateId: number | null
  readonly onChange: (templateId: number) => void
  /** Null: the only one. */
  readonly onRemove: (() => void) | null
}

function TemplateChoice({ label, templates, templateId, onChange, onRemove }: ChoiceProps) {
  return (
    <Group gap="xs" align="flex-end" wrap="nowrap">
      <Select
        flex={1}
        label={label}
        placeholder="Choose a template"
        allowDeselect={false}
        searchable={templates.length > 8}
        data={templates.map(({ id, name, problems }) => ({
          value: String(id),
          label: problems.length === 0 ? name : `${name} (needs a correction)`,
          disabled: problems.length > 0,
        }))}
        value={templateId === null ? null : String(templateId)}
        onChange={(value) => {
          if (value !== null) onChange(Number(value))
        }}
      />
      {onRemove === null ? null : (
        <ActionIcon variant="default" size={36} aria-label={`Remove ${label.toLowerCase()}`} onClick={onRemove}>
          <X size={16} aria-hidden />
        </ActionIcon>
      )}
    </Group>
  )
}
