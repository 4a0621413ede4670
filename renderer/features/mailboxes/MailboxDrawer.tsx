import { Drawer, Tabs } from '@mantine/core'
import { useState } from 'react'
import { canHold } from './hand-over-text.ts'
import { HandOverForm } from './HandOverForm.tsx'
import { IdentityForm } from './IdentityForm.tsx'
import { LivePanel } from './LivePanel.tsx'
import { OwnAddressesForm } from './OwnAddressesForm.tsx'
import { PolicyForm } from './PolicyForm.tsx'
import { SenderForm } from './SenderForm.tsx'
import { ServersForm } from './ServersForm.tsx'
import type { Mailbox } from './use-mailboxes.ts'

const TABS = ['pace', 'identity', 'sender', 'addresses', 'servers', 'sleep', 'live'] as const

export type MailboxTab = (typeof TABS)[number]

interface Props {
  /** Null: closed. */
  readonly mailbox: Mailbox | null
  /** Where it opens. */
  readonly tab: MailboxTab
  readonly onClose: () => void
}

/** Everything about one mailbox that the rep may change, and what is open before it goes live. */
export function MailboxDrawer({ mailbox, tab, onClose }: Props) {
  return (
    <Drawer opened={mailbox !== null} onClose={onClose} position="right" size="xl" title={mailbox?.address ?? ''}>
      {mailbox === null ? null : <MailboxTabs mailbox={mailbox} tab={tab} onClose={onClose} />}
    </Drawer>
  )
}

function MailboxTabs({ mailbox, tab, onClose }: Props & { readonly mailbox: Mailbox }) {
  const [shown, setShown] = useState(tab)
  return (
    <Tabs value={shown} onChange={(next) => setShown(TABS.find((one) => one === next) ?? 'pace')} keepMounted>
      <Tabs.List mb="md">
        <Tabs.Tab value="pace">Hours and pace</Tabs.Tab>
        <Tabs.Tab value="identity">Name and signature</Tabs.Tab>
        <Tabs.Tab value="sender">Address and opt-out</Tabs.Tab>
        <Tabs.Tab value="addresses">Other addresses</Tabs.Tab>
        {mailbox.kind === 'smtp' ? <Tabs.Tab value="servers">Server settings</Tabs.Tab> : null}
        {canHold(mailbox) ? <Tabs.Tab value="sleep">When it sleeps</Tabs.Tab> : null}
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
      <Tabs.Panel value="addresses">
        <OwnAddressesForm mailbox={mailbox} onDone={onClose} />
      </Tabs.Panel>
      {mailbox.kind === 'smtp' ? (
        <Tabs.Panel value="servers">
          <ServersForm mailbox={mailbox} onDone={onClose} />
        </Tabs.Panel>
      ) : null}
      {canHold(mailbox) ? (
        <Tabs.Panel value="sleep">
          <HandOverForm mailbox={mailbox} onDone={onClose} />
        </Tabs.Panel>
      ) : null}
      <Tabs.Panel value="live">{shown === 'live' ? <LivePanel mailbox={mailbox} onTab={setShown} /> : null}</Tabs.Panel>
    </Tabs>
  )
}
