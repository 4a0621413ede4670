import { ActionIcon, Button } from '@mantine/core'
import { Search } from 'lucide-react'
import { Keys } from '../ui/Keys.tsx'

/** The palette for those who do not know its key yet. */
export function FindButton({ onOpen }: { readonly onOpen: () => void }) {
  return (
    <>
      <Button
        size="xs"
        variant="default"
        visibleFrom="md"
        aria-keyshortcuts="Control+K Meta+K"
        leftSection={<Search size={15} aria-hidden />}
        rightSection={
          <span aria-hidden>
            <Keys keys="mod+k" />
          </span>
        }
        onClick={onOpen}
      >
        Go to, do or find
      </Button>
      <ActionIcon size="md" variant="default" hiddenFrom="md" aria-label="Go to, do or find" onClick={onOpen}>
        <Search size={15} aria-hidden />
      </ActionIcon>
    </>
  )
}
