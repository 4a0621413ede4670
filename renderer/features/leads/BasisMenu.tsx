import { Button, Popover, Stack } from '@mantine/core'
import { useState } from 'react'
import { GroundFields, NO_PROVENANCE } from '../../ui/BasisFields.tsx'
import type { Ground } from './use-lead-actions.ts'

interface Props {
  readonly isDisabled: boolean
  readonly onBasis: (ground: Ground) => void
}

/** Records for all chosen leads why they may be written to. */
export function BasisMenu({ isDisabled, onBasis }: Props) {
  const [isOpen, setOpen] = useState(false)
  return (
    <Popover
      opened={isOpen}
      onChange={setOpen}
      trapFocus
      returnFocus
      position="top-start"
      width={380}
      withArrow
      shadow="md"
    >
      <Popover.Target>
        <Button size="xs" variant="default" disabled={isDisabled} onClick={() => setOpen(!isOpen)}>
          Reason…
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <BasisForm
          onBasis={(ground) => {
            onBasis(ground)
            setOpen(false)
          }}
        />
      </Popover.Dropdown>
    </Popover>
  )
}

function BasisForm({ onBasis }: Pick<Props, 'onBasis'>) {
  const [value, setValue] = useState(NO_PROVENANCE)
  const { basis, basisAt, basisNote } = value
  return (
    <Stack gap="sm">
      <GroundFields size="xs" isInPopover value={value} onChange={(change) => setValue({ ...value, ...change })} />
      <Button size="xs" onClick={() => onBasis({ basis, basisAt, basisNote })}>
        Record for all of them
      </Button>
    </Stack>
  )
}
