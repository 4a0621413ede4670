import { Fieldset, Group, NumberInput, Stack, Switch, Text } from '@mantine/core'
import type { PolicyFieldsProps } from './PolicyForm.tsx'
import type { NumberDraft } from './policy-draft.ts'

export function RampFields({ draft, problems, onChange }: PolicyFieldsProps) {
  const numeric = (value: number | string): NumberDraft => (typeof value === 'number' ? value : '')
  return (
    <Fieldset legend="Slow start">
      <Stack gap="sm">
        <Switch
          label="Begin with few mails and add some every day"
          checked={draft.hasRamp}
          onChange={(event) => onChange({ ...draft, hasRamp: event.currentTarget.checked, rampStartAt: null })}
        />
        <Text size="sm" c="dimmed">
          For a mailbox that is new or has long been quiet: providers distrust a sudden flood.
        </Text>
        {draft.hasRamp ? (
          <Group align="flex-start" grow>
            <NumberInput
              label="Mails in the first 24 hours"
              min={1}
              clampBehavior="none"
              value={draft.rampFirst}
              error={problems.rampFirst}
              onChange={(value) => onChange({ ...draft, rampFirst: numeric(value) })}
            />
            <NumberInput
              label="More in each day after"
              min={0}
              clampBehavior="none"
              value={draft.rampPerDay}
              error={problems.rampPerDay}
              onChange={(value) => onChange({ ...draft, rampPerDay: numeric(value) })}
            />
          </Group>
        ) : null}
      </Stack>
    </Fieldset>
  )
}
