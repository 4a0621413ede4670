import { Alert, Button, Group, Stack } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { CircleCheck } from 'lucide-react'
import type { ImportState } from '#shared/contract/imports'
import { formatCount } from '../../ui/format.ts'
import type { ImportWizard } from './use-import.ts'

/** A do-not-contact list has arrived. */
export function SavedEntries({ wizard, state }: { readonly wizard: ImportWizard; readonly state: ImportState }) {
  return (
    <Stack>
      <Alert
        role="status"
        color="green"
        icon={<CircleCheck size={18} aria-hidden />}
        title={`${formatCount(state.progress.done, 'entry', 'entries')} added`}
      >
        Nobody of them is written to any more, whatever list they come in with. Mail that waited for them was skipped.
      </Alert>
      <Group>
        <Button component={Link} to="/settings">
          See the list
        </Button>
        <Button variant="subtle" onClick={wizard.restart}>
          Import another file
        </Button>
      </Group>
    </Stack>
  )
}
