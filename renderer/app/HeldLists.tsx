import { Anchor, Button, Text } from '@mantine/core'
import { modals } from '@mantine/modals'
import { Link } from '@tanstack/react-router'
import { Undo2 } from 'lucide-react'
import { useApi, useCall } from '../api/hooks.ts'
import type { OutputAt } from '../api/paths.ts'
import { formatCount } from '../ui/format.ts'
import { Banner } from './Banner.tsx'

type HeldList = OutputAt<'leads.heldLists'>[number]

/** Lists of whose first mails too many came back; only the rep lets them go on. */
export function HeldLists({ canRelease }: { readonly canRelease: boolean }) {
  const { data: lists = [] } = useApi('leads.heldLists', {})
  const release = useCall('leads.releaseList')
  return lists.map((list) => (
    <Banner
      key={list.listId}
      color="yellow"
      icon={<Undo2 size={18} aria-hidden />}
      action={
        canRelease ? (
          <Button
            size="compact-sm"
            variant="default"
            loading={release.isPending && release.variables.listId === list.listId}
            onClick={() => confirmRelease(list, () => release.mutate({ listId: list.listId }))}
          >
            Let it go on
          </Button>
        ) : null
      }
    >
      Of the first mails to “{list.name}” too many came back, so {restText(list.waiting)}.{' '}
      <Anchor
        inherit
        c="inherit"
        underline="always"
        renderRoot={(props) => <Link to="/leads" search={{ list: list.listId }} {...props} />}
      >
        Look at the list
      </Anchor>
    </Banner>
  ))
}

function restText(waiting: number): string {
  return waiting === 0 ? 'nothing more is sent to it' : `the ${formatCount(waiting, 'mail')} still planned for it wait`
}

function confirmRelease({ name, waiting }: HeldList, release: () => void): void {
  modals.openConfirmModal({
    title: `Let “${name}” go on?`,
    children: (
      <Text size="sm">
        {waiting === 0
          ? 'Mail to it may be queued again.'
          : `${formatCount(waiting, 'mail')} to it go on at the usual pace.`}{' '}
        The list is not held a second time, also if more comes back, and each mail that comes back harms the good name
        of your mailbox. If you are not sure of the addresses, check them first.
      </Text>
    ),
    labels: { confirm: 'Let it go on', cancel: 'Keep it waiting' },
    onConfirm: release,
  })
}
