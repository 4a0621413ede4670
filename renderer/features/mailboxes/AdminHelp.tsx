import { Anchor, Collapse, Modal, Stack, Text } from '@mantine/core'
import { useId, useState } from 'react'
import { CopyField } from '../../ui/CopyField.tsx'
import { PROVIDERS, type Provider } from '../../ui/client-words.ts'
import { adminMail, type AdminCase, type AdminPlace } from './mailbox-needs.ts'
import { useClients } from './use-clients.ts'
import type { Mailbox } from './use-mailboxes.ts'

interface Props extends AdminCase {
  readonly place: AdminPlace
}

/** What the rep hands to their admin. */
export function AdminHelp({ place, ...admin }: Props) {
  return (
    <Stack gap="sm">
      {admin.adminUrl === null ? null : <CopyField label="The page for your admin" text={admin.adminUrl} />}
      <CopyField
        label="A mail to your admin"
        description="Copy it into a mail of your own; Pacemail sends nothing to them."
        text={adminMail(place, admin)}
        rows={10}
      />
    </Stack>
  )
}

interface AskedProps {
  readonly provider: Provider
}

/** Google and Microsoft often stop on a page of their own and never tell us, so the rep has to. */
export function AdminAsked({ provider }: AskedProps) {
  const { data } = useClients()
  const [isOpen, setOpen] = useState(false)
  const id = useId()
  const client = data?.find((each) => each.provider === provider)
  if (client === undefined) return null
  return (
    <Stack gap="xs">
      <Anchor
        component="button"
        type="button"
        size="sm"
        underline="always"
        w="fit-content"
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={() => setOpen(!isOpen)}
      >
        The page asks for an admin?
      </Anchor>
      <Collapse id={id} expanded={isOpen}>
        <Stack gap="sm">
          <Text size="sm">
            Then your organisation wants its admin to allow Pacemail first, and {PROVIDERS[provider].company} goes no
            further. Nothing is lost: send them this, and sign in when it is done.
          </Text>
          <AdminHelp place={provider} clientId={client.clientId} adminUrl={client.adminUrl} />
        </Stack>
      </Collapse>
    </Stack>
  )
}

interface ModalProps {
  /** Null: closed. */
  readonly mailbox: Mailbox | null
  readonly onClose: () => void
}

/** For a mailbox that stopped because its admin does not allow Pacemail. */
export function AdminModal({ mailbox, onClose }: ModalProps) {
  return (
    <Modal opened={mailbox !== null} onClose={onClose} title="What your admin must do" size="lg">
      {mailbox === null || mailbox.kind === 'practice' ? null : <Explained mailbox={mailbox} place={mailbox.kind} />}
    </Modal>
  )
}

function Explained({ mailbox, place }: { readonly mailbox: Mailbox; readonly place: AdminPlace }) {
  const { data } = useClients()
  const client = data?.find((each) => each.provider === place)
  const where = place === 'smtp' ? 'in your mail server' : `at ${PROVIDERS[place].company}`
  return (
    <Stack>
      <Text size="sm">
        Pacemail cannot change this, and neither can you: only an admin of your organisation can allow it {where}. The
        mail that waits is kept. When it is allowed, sign in again.
      </Text>
      <AdminHelp
        place={place}
        address={mailbox.address}
        clientId={client?.clientId ?? ''}
        adminUrl={client?.adminUrl ?? null}
      />
    </Stack>
  )
}
