import { Button } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useCall } from '../../api/hooks.ts'
import { MAIN_KEY, useMainKey } from '../../ui/use-keys.ts'
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
      return <MainButton onPress={() => wizard.go('save')}>Go on with {PURPOSE_WORDS.leads.count(coming)}</MainButton>
    case 'suppressions':
      return (
        <MainButton
          isBusy={wizard.isBusy}
          onPress={() => wizard.save({ listName: 'Do not contact', tags: [], includeRole: false })}
        >
          Never write to {coming === 1 ? 'this one' : `these ${PURPOSE_WORDS.suppressions.count(coming)}`}
        </MainButton>
      )
    case 'history':
      return <TakeFile wizard={wizard} coming={coming} />
  }
}

interface MainProps {
  readonly isBusy?: boolean
  readonly onPress: () => void
  readonly children: ReactNode
}

function MainButton({ isBusy = false, onPress, children }: MainProps) {
  useMainKey(isBusy ? null : onPress)
  return (
    <Button loading={isBusy} {...MAIN_KEY} onClick={onPress}>
      {children}
    </Button>
  )
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
    <MainButton isBusy={take.isPending} onPress={goOn}>
      See what {PURPOSE_WORDS.history.count(coming)} would change
    </MainButton>
  )
}
