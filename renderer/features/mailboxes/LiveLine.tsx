import { Button } from '@mantine/core'
import { CircleAlert, CircleCheck, CircleHelp } from 'lucide-react'
import { useReadiness } from './use-readiness.ts'

/** How far a mailbox is from going live, on its card; opens the checklist. */
export function LiveLine({ mailboxId, onOpen }: { readonly mailboxId: number; readonly onOpen: () => void }) {
  const { data } = useReadiness(mailboxId)
  const failed = data?.checks.filter(({ state }) => state === 'failed').length ?? 0
  const unknown = data?.checks.filter(({ state }) => state === 'unknown').length ?? 0
  const Icon = failed > 0 ? CircleAlert : unknown > 0 ? CircleHelp : CircleCheck
  return (
    <Button size="xs" variant="default" leftSection={<Icon size={15} aria-hidden />} onClick={onOpen}>
      Before going live{failed > 0 ? `: ${failed} open` : ''}
    </Button>
  )
}
