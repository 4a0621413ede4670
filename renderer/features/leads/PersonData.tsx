import { Button } from '@mantine/core'
import { useState } from 'react'
import { useErasePerson, usePersonExport, usePersonSummary } from '../../api/use-person.ts'
import { erasedText } from '../../ui/erase-words.ts'
import { ErasePersonModal } from '../../ui/ErasePersonModal.tsx'
import { useErrorText } from '../../ui/error-text-context.ts'
import { saveText } from '../../ui/save-text.ts'
import { showPlain } from './change-toast.tsx'

/** What a person may ask of whoever keeps their data: a copy of it, and that it goes. */
export function PersonData({ address, onErased }: { readonly address: string; readonly onErased: () => void }) {
  const [isOpen, setOpen] = useState(false)
  const say = useErrorText()
  const { isExporting, read } = usePersonExport()
  const { data: person, error } = usePersonSummary(isOpen ? address : null)
  const erase = useErasePerson()
  const problem = erase.error ?? error
  return (
    <>
      <Button
        size="xs"
        variant="default"
        loading={isExporting}
        onClick={() => void read(address).then(saveText, (failure: unknown) => showPlain(say(failure)))}
      >
        Export their data
      </Button>
      <Button size="xs" variant="light" color="red" onClick={() => setOpen(true)}>
        Erase…
      </Button>
      {isOpen ? (
        <ErasePersonModal
          address={address}
          person={person}
          isErasing={erase.isPending}
          problem={problem === null ? null : say(problem)}
          onClose={() => {
            setOpen(false)
            erase.reset()
          }}
          onErase={(choice) =>
            erase.mutate(
              { address, ...choice },
              {
                onSuccess: (done) => {
                  setOpen(false)
                  showPlain(erasedText(done))
                  onErased()
                },
              },
            )
          }
        />
      ) : null}
    </>
  )
}
