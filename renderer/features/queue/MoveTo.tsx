import { Button, Modal, Stack, Group } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { CalendarClock } from 'lucide-react'
import { useState } from 'react'
import { timeProblem } from '../../ui/schedule-time.ts'
import { useNow } from '../../ui/use-now.ts'
import { WhenFields, type When } from '../../ui/WhenFields.tsx'
import { machineZone } from './days.ts'
import type { Commands } from './use-commands.tsx'

/** Gives the chosen mails a date of their own. */
export function MoveTo({ commands }: { readonly commands: Commands }) {
  const [isOpen, { open, close }] = useDisclosure(false)
  return (
    <>
      <Button
        size="compact-sm"
        variant="default"
        disabled={commands.isBusy}
        leftSection={<CalendarClock size={14} aria-hidden />}
        onClick={open}
      >
        Move to…
      </Button>
      <Modal opened={isOpen} onClose={close} title="Move to another time">
        <Choice commands={commands} onClose={close} />
      </Modal>
    </>
  )
}

function Choice({ commands, onClose }: { readonly commands: Commands; readonly onClose: () => void }) {
  const now = useNow()
  const zone = machineZone()
  const [when, setWhen] = useState<When>({ local: null, zone })
  const at = when === null || when.local === null ? null : { local: when.local, zone: when.zone }
  const problem = at === null ? null : timeProblem(at, now)
  return (
    <Stack gap="sm">
      <WhenFields
        when={when}
        onChange={(chosen) => setWhen(chosen ?? { local: null, zone })}
        machineZone={zone}
        problem={problem}
        isTimeOnly
      />
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onClose}>
          Keep as it is
        </Button>
        <Button
          disabled={at === null || problem !== null}
          onClick={() => {
            if (at !== null) commands.reschedule(at)
            onClose()
          }}
        >
          Move
        </Button>
      </Group>
    </Stack>
  )
}
