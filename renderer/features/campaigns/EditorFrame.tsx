import { Button, Skeleton } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { Mail } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Mailbox } from '#shared/contract/mailboxes'
import type { Template } from '#shared/contract/templates'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { Page } from '../../ui/Page.tsx'
import { useEditorBasics } from './use-campaigns.ts'

/** What a sequence is made of. */
export interface Basics {
  readonly templates: readonly Template[]
  readonly mailboxes: readonly Mailbox[]
  readonly zone: string
}

interface Props {
  readonly title: string
  readonly description: string
  readonly children: (basics: Basics) => ReactNode
}

/** The page around the editor: waits for templates and mailboxes, and says what to do where there are none. */
export function EditorFrame({ title, description, children }: Props) {
  const { templates, mailboxes, zone, error, refetch } = useEditorBasics()
  return (
    <Page title={title} description={description}>
      {templates !== undefined && mailboxes !== undefined && zone !== undefined ? (
        templates.length === 0 || mailboxes.length === 0 ? (
          <Missing hasTemplate={templates.length > 0} />
        ) : (
          children({ templates, mailboxes, zone })
        )
      ) : error === null ? (
        <Skeleton h={320} />
      ) : (
        <ErrorPanel error={error} onRetry={refetch} />
      )}
    </Page>
  )
}

function Missing({ hasTemplate }: { readonly hasTemplate: boolean }) {
  const to = hasTemplate ? '/mailboxes' : '/templates'
  return (
    <EmptyState
      icon={<Mail size={28} />}
      title={hasTemplate ? 'No mailbox yet' : 'No template yet'}
      actions={
        <Button component={Link} to={to}>
          {hasTemplate ? 'Connect a mailbox' : 'Write a template'}
        </Button>
      }
    >
      {hasTemplate
        ? 'A campaign is sent from your own mailbox. Connect one first, or add the practice mailbox.'
        : 'Each mail of a campaign is written from a template. Write at least one first.'}
    </EmptyState>
  )
}
