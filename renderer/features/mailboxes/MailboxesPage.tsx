import { Button, Menu, SimpleGrid, Skeleton } from '@mantine/core'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { FlaskConical, Inbox, Plus, Server } from 'lucide-react'
import { useState } from 'react'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { Page } from '../../ui/Page.tsx'
import { AddPracticeModal } from './AddPracticeModal.tsx'
import { AddSmtpModal } from './AddSmtpModal.tsx'
import { MailboxCard } from './MailboxCard.tsx'
import { MailboxDrawer } from './MailboxDrawer.tsx'
import { PracticeDrawer } from './PracticeDrawer.tsx'
import { SignInModal } from './SignInModal.tsx'
import { useMailboxes } from './use-mailboxes.ts'

type Panel = 'settings' | 'practice' | 'sign_in'

/** Where mail is sent from, and how fast. */
export function MailboxesPage() {
  const { data, error, refetch } = useMailboxes()
  const { add } = useSearch({ from: '/mailboxes' })
  const navigate = useNavigate()
  const [open, setOpen] = useState<{ panel: Panel; mailboxId: number } | null>(null)

  const setAdd = (kind: 'practice' | 'smtp' | null) =>
    void navigate({ to: '/mailboxes', search: kind === null ? {} : { add: kind }, replace: true })
  const chosen = (panel: Panel) =>
    open?.panel === panel ? (data?.find(({ id }) => id === open.mailboxId) ?? null) : null
  const close = () => setOpen(null)

  return (
    <Page
      title="Mailboxes"
      description="Where your mail is sent from. Each mailbox keeps its own hours, pauses and limits."
      actions={<AddButton onAdd={setAdd} />}
    >
      {error === null ? null : <ErrorPanel error={error} onRetry={refetch} />}
      {data === undefined && error === null ? <Skeleton h={220} /> : null}
      {data?.length === 0 ? <NoMailbox onAdd={setAdd} /> : null}
      <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="md">
        {data?.map((mailbox) => (
          <MailboxCard
            key={mailbox.id}
            mailbox={mailbox}
            onSettings={() => setOpen({ panel: 'settings', mailboxId: mailbox.id })}
            onPractice={() => setOpen({ panel: 'practice', mailboxId: mailbox.id })}
            onSignIn={() => setOpen({ panel: 'sign_in', mailboxId: mailbox.id })}
          />
        ))}
      </SimpleGrid>
      <AddPracticeModal isOpen={add === 'practice'} onClose={() => setAdd(null)} />
      <AddSmtpModal isOpen={add === 'smtp'} onClose={() => setAdd(null)} />
      <MailboxDrawer mailbox={chosen('settings')} onClose={close} />
      <PracticeDrawer mailbox={chosen('practice')} onClose={close} />
      <SignInModal mailbox={chosen('sign_in')} onClose={close} />
    </Page>
  )
}

interface AddProps {
  readonly onAdd: (kind: 'practice' | 'smtp') => void
}

function AddButton({ onAdd }: AddProps) {
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button leftSection={<Plus size={16} aria-hidden />}>Add a mailbox</Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<Server size={16} aria-hidden />} onClick={() => onAdd('smtp')}>
          My own address (SMTP)
        </Menu.Item>
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
          <Button onClick={() => onAdd('smtp')}>Connect my mailbox</Button>
          <Button variant="default" onClick={() => onAdd('practice')}>
            Add a practice mailbox
          </Button>
        </>
      }
    >
      Connect the mailbox you write from, or practise first: a practice mailbox does everything but let mail leave this
      computer.
    </EmptyState>
  )
}
