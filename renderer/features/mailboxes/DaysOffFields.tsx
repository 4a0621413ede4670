import { Button, Fieldset, Group, Stack } from '@mantine/core'
import { DatePickerInput } from '@mantine/dates'
import { SearchSelect } from '../../ui/SearchSelect.tsx'
import type { PolicyFieldsProps } from './PolicyForm.tsx'
import { countryOptions } from './calendar-words.ts'
import { useHolidayCountries } from './use-mailboxes.ts'

const NONE = 'none'

export function DaysOffFields({ draft, onChange }: PolicyFieldsProps) {
  const { data: countries = [] } = useHolidayCountries()
  const regions = countries.find(({ country }) => country === draft.country)?.regions ?? []
  return (
    <Fieldset legend="Days off">
      <Stack gap="sm">
        <Group align="flex-start" grow>
          <SearchSelect
            label="Public holidays of"
            nothingFoundMessage="No country of that name"
            value={draft.country ?? NONE}
            data={[{ value: NONE, label: 'No country' }, ...countryOptions(countries)]}
            onChange={(value) => onChange({ ...draft, country: value === NONE ? null : value, region: null })}
          />
          <SearchSelect
            label="Region"
            disabled={regions.length === 0}
            value={draft.region ?? NONE}
            data={[
              { value: NONE, label: 'Whole country' },
              ...regions.map(({ region, name }) => ({ value: region, label: name })),
            ]}
            onChange={(value) => onChange({ ...draft, region: value === NONE ? null : value })}
          />
        </Group>
        <DatePickerInput
          type="multiple"
          label="Your own days off"
          description="Nothing is sent on these days. Choose a day again to take it off the list."
          placeholder="Choose days"
          valueFormat="D MMM YYYY"
          firstDayOfWeek={1}
          value={Array.from(draft.daysOff)}
          onChange={(days) => onChange({ ...draft, daysOff: days })}
        />
        {draft.daysOff.length === 0 ? null : (
          <Group>
            <Button variant="default" size="xs" onClick={() => onChange({ ...draft, daysOff: [] })}>
              Remove all own days off
            </Button>
          </Group>
        )}
      </Stack>
    </Fieldset>
  )
}
