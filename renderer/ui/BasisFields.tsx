import { SimpleGrid, Select, Stack, Textarea, TextInput } from '@mantine/core'
import type { LawfulBasis } from '#shared/domain/taxonomy'
import { localDateOf, momentOfWallTime } from '#shared/domain/wall-time'
import { BASIS_WORDS } from './basis-words.ts'

export interface BasisValue {
  readonly source: string
  readonly basis: LawfulBasis
  /** Noon UTC of the day, epoch ms; null: not recorded. */
  readonly basisAt: number | null
  readonly basisNote: string
}

/** What an import records unless the rep says otherwise. */
export const NO_PROVENANCE: BasisValue = { source: '', basis: 'legitimate_interest', basisAt: null, basisNote: '' }

interface GroundProps {
  readonly value: BasisValue
  readonly size?: 'xs' | 'sm'
  readonly basisHint?: string
  /** A list that opens inside a popover must not count as outside of it. */
  readonly isInPopover?: boolean
  readonly onChange: (change: Partial<BasisValue>) => void
}

interface Props extends Omit<GroundProps, 'isInPopover'> {
  readonly sourceHint?: string
}

/** Where people come from and on what ground the rep may write to them. */
export function BasisFields({ sourceHint, ...ground }: Props) {
  const { value, size = 'sm', onChange } = ground
  return (
    <Stack gap={size === 'xs' ? 'xs' : 'sm'}>
      <TextInput
        size={size}
        label="Where from"
        description={sourceHint}
        maxLength={200}
        autoComplete="off"
        value={value.source}
        onChange={(event) => onChange({ source: event.currentTarget.value })}
      />
      <GroundFields {...ground} />
    </Stack>
  )
}

/** On what ground the rep may write to people, since when, and what proves it. */
export function GroundFields({ value, size = 'sm', basisHint, isInPopover = false, onChange }: GroundProps) {
  const isBare = value.basis === 'unrecorded'
  return (
    <>
      <SimpleGrid cols={size === 'xs' ? 1 : { base: 1, xs: 2 }} spacing="xs" verticalSpacing="xs">
        <Select
          size={size}
          label="Why you may write to them"
          description={basisHint}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          allowDeselect={false}
          comboboxProps={{ withinPortal: !isInPopover }}
          data={Object.entries(BASIS_WORDS).map(([basis, label]) => ({ value: basis, label }))}
          value={value.basis}
          onChange={(basis) => onChange({ basis: basis as LawfulBasis })}
        />
        <TextInput
          size={size}
          type="date"
          label="Since when"
          disabled={isBare}
          value={value.basisAt === null ? '' : localDateOf(value.basisAt, 'UTC')}
          onChange={(event) => onChange({ basisAt: noonOf(event.currentTarget.value) })}
        />
      </SimpleGrid>
      <Textarea
        size={size}
        label="Proof"
        placeholder="Which form, which order, which page, which mail"
        autosize
        minRows={1}
        maxRows={4}
        maxLength={1_000}
        disabled={isBare}
        value={value.basisNote}
        onChange={(event) => onChange({ basisNote: event.currentTarget.value })}
      />
    </>
  )
}

/** Null while the date is not complete. */
function noonOf(date: string): number | null {
  return momentOfWallTime({ local: `${date}T12:00`, zone: 'UTC' })
}
