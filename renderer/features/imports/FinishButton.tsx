import { Button } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useCall } from '../../api/hooks.ts'
import { PURPOSE_WORDS } from './purpose-words.ts'
import type { ImportWizard } from './use-import.ts'

interface Props {
  readonly wizard: ImportWizard
  /** How many rows go on. */
  readonly coming: number
}

/** On from the checked rows; earlier mail and a do-not-contact list need no further step. */
export function FinishButton({ wizard, coming }: Props) {
  switch (wizard.purpose) {
    case 'leads':
    case 'pending':
      return <Button onClick={() => wizard.go('save')}>Go on with {PURPOSE_WORDS.leads.count(coming)}</Button>
    case 'suppressions':
      return (
        <Button
          loading={wizard.isBusy}
          onClick={() => wizard.save({ listName: 'Do not contact', tags: [], includeRole: false })}
        >
          Never write to {coming === 1 ? 'this one' : `these ${PURPOSE_WORDS.suppressions.count(coming)}`}
        </Button>
      )
    case 'history':
      return <TakeFile wizard={wizard} coming={coming} />
  }
}

function TakeFile({ wizard, coming }: Props) {
  const take = useCall('history.takeFile')
  const navigate = useNavigate()
  const { state } = wizard

  function goOn(): void {
    if (state === null) return
    take.mutate(
      { importId: state.importId },
      {
        onSuccess: () => {
          wizard.cancel()
          void navigate({ to: '/leads/moving-in' })
        },
      },
    )
  }

  return (
    <Button loading={take.isPending} onClick={goOn}>
      See what {PURPOSE_WORDS.history.count(coming)} would change
    </Button>
  )
}
