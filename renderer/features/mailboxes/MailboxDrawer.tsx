import { Drawer, Tabs } from '@mantine/core'
import { IdentityForm } from './IdentityForm.tsx'
import { useState } from 'react'
import { LivePanel } from './LivePanel.tsx'
import { PolicyForm } from './PolicyForm.tsx'
import { SenderForm } from './SenderForm.tsx'
import { ServersForm } from './ServersForm.tsx'
import type { Mailbox } from './use-mailboxes.ts'

export type MailboxTab = 'pace' | 'identity' | 'sender' | 'servers' | 'live'

interface Props {
  /** Null: closed. */
  readonly mailbox: Mailbox | null
  readonly tab: MailboxTab
  readonly onClose: () => void
}

/** Everything about one mailbox that the rep may change. */
export function MailboxDrawer({ mailbox, tab, onClose }: Props) {
  const [shown, setShown] = useState(tab)
  // Opened at another place than the last time.
  const [openedAt, setOpenedAt] = useState(tab)
  if (openedAt !== tab) {
    setOpenedAt(tab)
    setShown(tab)
  }
  return (
    <Drawer opened={mailbox !== null} onClose={onClose} position="right" size="xl" title={mailbox?.address ?? ''}>
      {mailbox === null ? null : (
        <Tabs key={`${mailbox.id} ${tab}`} value={shown} onChange={(next) => setShown(tabAt(next))} keepMounted>
          <Tabs.List mb="md">
            <Tabs.Tab value="pace">Hours and pace</Tabs.Tab>
            <Tabs.Tab value="identity">Name and signature</Tabs.Tab>
            <Tabs.Tab value="sender">Address and opt-out</Tabs.Tab>
            {mailbox.kind === 'smtp' ? <Tabs.Tab value="servers">Server settings</Tabs.Tab> : null}
            <Tabs.Tab value="live">Before going live</Tabs.Tab>
          </Tabs.List>
          <Tabs.Panel value="pace">
            <PolicyForm mailbox={mailbox} onDone={onClose} />
          </Tabs.Panel>
          <Tabs.Panel value="identity">
            <IdentityForm mailbox={mailbox} onDone={onClose} />
          </Tabs.Panel>
          <Tabs.Panel value="sender">
            <SenderForm mailbox={mailbox} onDone={onClose} />
          </Tabs.Panel>
          <Tabs.Panel value="live">
            {shown === 'live' ? <LivePanel mailbox={mailbox} onTab={setShown} /> : null}
          </Tabs.Panel>
          {mailbox.kind === 'smtp' ? (
            <Tabs.Panel value="servers">
              <ServersForm mailbox={mailbox} onDone={onClose} />
            </Tabs.Panel>
          ) : null}
        </Tabs>
      )}
    </Drawer>
  )
}

const TABS: readonly MailboxTab[] = ['pace', 'identity', 'sender', 'servers', 'live']

function tabAt(value: string | null): MailboxTab {
  return TABS.find((tab) => tab === value) ?? 'pace'
}
