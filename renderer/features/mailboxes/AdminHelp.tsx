import { Modal, Stack, Text } from '@mantine/core'
import { CopyField } from '../../ui/CopyField.tsx'
import { PROVIDERS, type Provider } from '../../ui/client-words.ts'
import { adminMail } from './mailbox-needs.ts'
import { useClients } from './use-clients.ts'
import type { Mailbox } from './use-mailboxes.ts'

interface Props {
  readonly provider: Provider
  readonly clientId: string
  /** The page on which the admin allows it; null: not known. */
  readonly adminUrl: string | null
}

/** What the rep hands to their admin. */
export function AdminHelp({ provider, clientId, adminUrl }: Props) {
  return (
    <Stack gap="sm">
      {adminUrl === null ? null : <CopyField label="The page for your admin" text={adminUrl} />}
      <CopyField
        label="A mail to your admin"
        description="Copy it into a mail of your own; Pacemail sends nothing to them."
        text={adminMail(provider, { clientId, adminUrl })}
        rows={10}
      />
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
  const { data } = useClients()
  const kind = mailbox?.kind
  const provider = kind === 'gmail' || kind === 'outlook' ? kind : null
  const clientId = data?.find((client) => client.provider === provider)?.clientId ?? ''
  return (
    <Modal opened={provider !== null} onClose={onClose} title="What your admin must do" size="lg">
      {provider === null ? null : (
        <Stack>
          <Text size="sm">
            Pacemail cannot change this, and neither can you: only an admin of your organisation can allow it at{' '}
            {PROVIDERS[provider].company}. The mail that waits is kept. When it is allowed, sign in again.
          </Text>
          <AdminHelp provider={provider} clientId={clientId} adminUrl={null} />
        </Stack>
      )}
    </Modal>
  )
}
