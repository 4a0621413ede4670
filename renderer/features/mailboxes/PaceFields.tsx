import { Fieldset, Group, NumberInput, SegmentedControl, Select, SimpleGrid, Stack, Switch, Text } from '@mantine/core'
import type { PolicyFieldsProps } from './PolicyForm.tsx'
import {
  isThrottled,
  paceOf,
  withPace,
  withThrottle,
  type GapUnit,
  type NumberDraft,
  type PaceName,
} from './policy-draft.ts'

const PACE_WORDS = {
  careful: {
    label: 'Careful',
    text: 'A pause of 6 to 16 minutes, at most 10 an hour and 40 a day. For people who do not know you.',
  },
  steady: {
    label: 'Steady',
    text: 'A pause of 2 to 5 minutes, at most 20 an hour and 100 a day. For a mailbox that has written much for months.',
  },
  quick: {
    label: 'Quick',
    text: 'A pause of 4 seconds, at most 50 an hour and 100 a day. For small batches to people who know you.',
  },
} satisfies Record<PaceName, { label: string; text: string }>

const OWN = 'own'

export function PaceFields({ draft, problems, onChange }: PolicyFieldsProps) {
  const pace = paceOf(draft)
  const numeric = (value: number | string): NumberDraft => (typeof value === 'number' ? value : '')
  return (
    <Fieldset legend="Pace">
      <Stack gap="sm">
        <SegmentedControl
          aria-label="Pace"
          fullWidth
          value={pace ?? OWN}
          onChange={(value) => {
            if (isPace(value)) onChange(withPace(draft, value))
          }}
          data={[
            ...Object.entries(PACE_WORDS).map(([value, { label }]) => ({ value, label })),
            { value: OWN, label: 'My own', disabled: pace !== null },
          ]}
        />
        <Text size="sm" c="dimmed">
          {pace === null ? 'Your own numbers.' : PACE_WORDS[pace].text} Change any number below to make it your own.
        </Text>
        <Switch
          label="Pause like a person between mails"
          description="Off: four seconds between two mails. The limits below hold either way."
          checked={isThrottled(draft)}
          onChange={(event) => onChange(withThrottle(draft, event.currentTarget.checked))}
        />
        <Group align="flex-start" grow>
          <NumberInput
            label="Shortest pause"
            min={0}
            value={draft.gapMin}
            error={problems.gapMin}
            onChange={(value) => onChange({ ...draft, gapMin: numeric(value) })}
          />
          <NumberInput
            label="Longest pause"
            min={0}
            value={draft.gapMax}
            error={problems.gapMax}
            onChange={(value) => onChange({ ...draft, gapMax: numeric(value) })}
          />
          <Select
            label="Counted in"
            data={['seconds', 'minutes'] satisfies GapUnit[]}
            allowDeselect={false}
            value={draft.gapUnit}
            onChange={(value) => onChange({ ...draft, gapUnit: value === 'seconds' ? 'seconds' : 'minutes' })}
          />
        </Group>
        <SimpleGrid cols={2}>
          <NumberInput
            label="Mails in 60 minutes"
            description="At most"
            min={1}
            max={50}
            clampBehavior="none"
            value={draft.hourlyCap}
            error={problems.hourlyCap}
            onChange={(value) => onChange({ ...draft, hourlyCap: numeric(value) })}
          />
          <NumberInput
            label="Mails in 24 hours"
            description="At most"
            min={1}
            max={500}
            clampBehavior="none"
            value={draft.dailyCap}
            error={problems.dailyCap}
            onChange={(value) => onChange({ ...draft, dailyCap: numeric(value) })}
          />
          <NumberInput
            label="Kept free for your own mail"
            description="Of the 24 hours’ mails; what you send by hand counts"
            min={0}
            max={100}
            clampBehavior="none"
            value={draft.handReserve}
            error={problems.handReserve}
            onChange={(value) => onChange({ ...draft, handReserve: numeric(value) })}
          />
          <NumberInput
            label="Mails to one company in any 24 hours"
            description="From all your mailboxes, to all its domains; 0 for no limit"
            min={0}
            max={50}
            clampBehavior="none"
            value={draft.domainCap}
            error={problems.domainCap}
            onChange={(value) => onChange({ ...draft, domainCap: numeric(value) })}
          />
          <NumberInput
            label="Days before writing again"
            description="A first mail to the same person; 0 for none"
            min={0}
            max={365}
            clampBehavior="none"
            value={draft.coolDownDays}
            error={problems.coolDownDays}
            onChange={(value) => onChange({ ...draft, coolDownDays: numeric(value) })}
          />
        </SimpleGrid>
      </Stack>
    </Fieldset>
  )
}

function isPace(value: string): value is PaceName {
  return Object.hasOwn(PACE_WORDS, value)
}
