import { Drawer, Tabs } from '@mantine/core'
import { IdentityForm } from './IdentityForm.tsx'
import { PolicyForm } from './PolicyForm.tsx'
import type { Mailbox } from './use-mailboxes.ts'

interface Props {
  /** Null: closed. */
  readonly mailbox: Mailbox | null
  readonly onClose: () => void
}

/** Everything about one mailbox that the rep may change. */
export function MailboxDrawer({ mailbox, onClose }: Props) {
  return (
    <Drawer opened={mailbox !== null} onClose={onClose} position="right" size="xl" title={mailbox?.address ?? ''}>
      {mailbox === null ? null : (
        <Tabs defaultValue="pace" keepMounted>
          <Tabs.List mb="md">
            <Tabs.Tab value="pace">Hours and pace</Tabs.Tab>
            <Tabs.Tab value="identity">Name and signature</Tabs.Tab>
          </Tabs.List>
          <Tabs.Panel value="pace">
            <PolicyForm mailbox={mailbox} onDone={onClose} />
          </Tabs.Panel>
          <Tabs.Panel value="identity">
            <IdentityForm mailbox={mailbox} onDone={onClose} />
          </Tabs.Panel>
        </Tabs>
      )}
    </Drawer>
  )
}
