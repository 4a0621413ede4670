import { Button, Menu, SimpleGrid, Skeleton } from '@mantine/core'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { FlaskConical, Inbox, Mail, Plus, Server } from 'lucide-react'
import { useState } from 'react'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { Page } from '../../ui/Page.tsx'
import type { Provider } from '../../ui/client-words.ts'
import { AddPracticeModal } from './AddPracticeModal.tsx'
import { AdminModal } from './AdminHelp.tsx'
import { AddSmtpModal } from './AddSmtpModal.tsx'
import { MailboxCard } from './MailboxCard.tsx'
import { MailboxDrawer, type MailboxTab } from './MailboxDrawer.tsx'
import { OAuthModal } from './OAuthModal.tsx'
import { PracticeDrawer } from './PracticeDrawer.tsx'
import { SignInModal } from './SignInModal.tsx'
import { useMailboxes, type Mailbox } from './use-mailboxes.ts'

type Panel = 'settings' | 'practice' | 'admin'

interface Open {
  readonly panel: Panel
  readonly mailboxId: number
  readonly tab: MailboxTab
}

/** Where mail is sent from, and how fast. */
export function MailboxesPage() {
  const { data, error, refetch } = useMailboxes()
  const dialog = useDialog(data)
  const [open, setOpen] = useState<Open | null>(
    dialog.live === null ? null : { panel: 'settings', mailboxId: dialog.live, tab: 'live' },
  )

  const chosen = (panel: Panel) =>
    open?.panel === panel ? (data?.find(({ id }) => id === open.mailboxId) ?? null) : null
  const show = (panel: Panel, mailbox: Mailbox, tab: MailboxTab = 'pace') =>
    setOpen({ panel, mailboxId: mailbox.id, tab })
  const close = () => {
    setOpen(null)
    if (dialog.live !== null) dialog.close()
  }

  return (
    <Page
      title="Mailboxes"
      description="Where your mail is sent from. Each mailbox keeps its own hours, pauses and limits."
      actions={<AddButton onAdd={dialog.add} />}
    >
      {error === null ? null : <ErrorPanel error={error} onRetry={refetch} />}
      {data === undefined && error === null ? <Skeleton h={220} /> : null}
      {data?.length === 0 ? <NoMailbox onAdd={dialog.add} /> : null}
      <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="md">
        {data?.map((mailbox) => (
          <MailboxCard
            key={mailbox.id}
            mailbox={mailbox}
            onSettings={(tab) => show('settings', mailbox, tab)}
            onPractice={() => show('practice', mailbox)}
            onSignIn={() => dialog.again(mailbox.id)}
            onAdmin={() => show('admin', mailbox)}
          />
        ))}
      </SimpleGrid>
      <AddPracticeModal isOpen={dialog.kind === 'practice'} onClose={dialog.close} />
      <AddSmtpModal isOpen={dialog.kind === 'smtp'} onClose={dialog.close} onInstead={dialog.add} />
      <OAuthModal
        provider={dialog.provider}
        mailbox={dialog.mailbox}
        signInId={dialog.signInId}
        onSignIn={dialog.setSignIn}
        onClose={dialog.close}
      />
      <MailboxDrawer mailbox={chosen('settings')} tab={open?.tab ?? 'pace'} onClose={close} />
      <PracticeDrawer mailbox={chosen('practice')} onClose={close} />
      <SignInModal mailbox={dialog.password} onClose={dialog.close} />
      <AdminModal mailbox={chosen('admin')} onClose={close} />
    </Page>
  )
}

/** Which dialog is open is in the address: other pages point here, and a sign-in survives a reload. */
function useDialog(mailboxes: readonly Mailbox[] | undefined) {
  const { add, again, signIn, live } = useSearch({ from: '/mailboxes' })
  const navigate = useNavigate()
  const mailbox = mailboxes?.find(({ id }) => id === again) ?? null
  const kind = again === undefined ? (add ?? null) : (mailbox?.kind ?? null)
  const go = (search: MailboxesAddress) => void navigate({ to: '/mailboxes', search, replace: true })
  return {
    kind: again === undefined ? kind : null,
    provider: kind !== null && isOAuth(kind) ? kind : null,
    mailbox,
    /** Signs in again with a password. */
    password: mailbox?.kind === 'smtp' ? mailbox : null,
    /** Which mailbox's checklist another page points at. */
    live: live ?? null,
    signInId: signIn ?? null,
    add: (wanted: Mailbox['kind']) => go({ add: wanted }),
    again: (mailboxId: number) => go({ again: mailboxId }),
    setSignIn: (signInId: string | null) =>
      go({
        ...(add === undefined ? {} : { add }),
        ...(again === undefined ? {} : { again }),
        ...(signInId === null ? {} : { signIn: signInId }),
      }),
    close: () => go({}),
  }
}

interface MailboxesAddress {
  readonly add?: Mailbox['kind']
  readonly again?: number
  readonly signIn?: string
  readonly live?: number
}

function isOAuth(kind: Mailbox['kind']): kind is Provider {
  return kind === 'gmail' || kind === 'outlook'
}

interface AddProps {
  readonly onAdd: (kind: Mailbox['kind']) => void
}

function AddButton({ onAdd }: AddProps) {
  return (
    <Menu position="bottom-end" width={310}>
      <Menu.Target>
        <Button leftSection={<Plus size={16} aria-hidden />}>Add a mailbox</Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<Mail size={16} aria-hidden />} onClick={() => onAdd('gmail')}>
          Gmail
        </Menu.Item>
        <Menu.Item leftSection={<Mail size={16} aria-hidden />} onClick={() => onAdd('outlook')}>
          Outlook
        </Menu.Item>
        <Menu.Item leftSection={<Server size={16} aria-hidden />} onClick={() => onAdd('smtp')}>
          Another mailbox (SMTP and IMAP)
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item leftSection={<FlaskConical size={16} aria-hidden />} onClick={() => onAdd('practice')}>
          Practice mailbox
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}

function NoMailbox({ onAdd }: AddProps) {
  return (
    <EmptyState
      icon={<Inbox size={28} aria-hidden />}
      title="No mailbox yet"
      actions={
        <>
          <Button onClick={() => onAdd('gmail')}>Gmail</Button>
          <Button onClick={() => onAdd('outlook')}>Outlook</Button>
          <Button variant="default" onClick={() => onAdd('smtp')}>
            Another mailbox
          </Button>
          <Button variant="default" onClick={() => onAdd('practice')}>
            Practice mailbox
          </Button>
        </>
      }
    >
      Connect the mailbox you write from, or practise first: a practice mailbox does everything but let mail leave this
      computer.
    </EmptyState>
  )
}
