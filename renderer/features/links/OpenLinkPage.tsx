import { Anchor, Button, List, Skeleton } from '@mantine/core'
import { Link, Navigate, useSearch } from '@tanstack/react-router'
import { Link2Off } from 'lucide-react'
import { type AppLink, readLink } from '#shared/domain/link'
import { useApi } from '../../api/hooks.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { formatCount } from '../../ui/format.ts'
import { Page } from '../../ui/Page.tsx'

/** A link from outside, on its way to the page that it opens. Nothing is changed here, and nothing sent. */
export function OpenLinkPage() {
  const { link = '' }: { readonly link?: string } = useSearch({ strict: false })
  const read = readLink(link)
  if (read === null) return <Unreadable />
  if (read.kind === 'page') return <Navigate to={read.page === null ? '/' : `/${read.page}`} replace />
  const [first, ...others] = read.to
  return first === undefined || others.length > 0 ? <WhichOfThem mail={read} /> : <ToPerson mail={read} email={first} />
}

type MailLink = Extract<AppLink, { kind: 'mail' }>

/** To Dispatch with that one lead, or first to the form that makes one. */
function ToPerson({ mail, email }: { readonly mail: MailLink; readonly email: string }) {
  const person = useApi('leads.find', { email })
  const words = wordsOf(mail)
  if (person.data === undefined) {
    return (
      <Page title="Opening a link">
        {person.error === null ? <Skeleton h={240} /> : <ErrorPanel error={person.error} onRetry={person.refetch} />}
      </Page>
    )
  }
  const { leadId } = person.data
  return leadId === null ? (
    <Navigate to="/leads/add" search={{ email, ...words }} replace />
  ) : (
    <Navigate to="/dispatch" search={{ ids: String(leadId), ...words }} replace />
  )
}

/** Pacemail writes to one person at a time. */
function WhichOfThem({ mail }: { readonly mail: MailLink }) {
  return (
    <Page
      title="Who is it for?"
      description={`The link names ${formatCount(mail.to.length, 'person', 'people')}. Pacemail writes to one person at a time: choose the first, then open the link again for the next.`}
    >
      <List spacing="xs">
        {mail.to.map((email) => (
          <List.Item key={email}>
            <Anchor
              underline="always"
              renderRoot={(props) => <Link to="/open" search={{ link: linkTo(email, mail) }} {...props} />}
            >
              {email}
            </Anchor>
          </List.Item>
        ))}
      </List>
    </Page>
  )
}

function Unreadable() {
  return (
    <Page title="A link that does not open">
      <EmptyState
        icon={<Link2Off size={28} />}
        title="Pacemail cannot open this link"
        actions={
          <Button component={Link} to="/">
            Go on
          </Button>
        }
      >
        Nothing was changed or sent. Links can open a page of the app, or a mail to somebody with a plain address.
      </EmptyState>
    </Page>
  )
}

function wordsOf({ subject, body }: MailLink): { readonly subject?: string; readonly body?: string } {
  return { ...(subject === '' ? {} : { subject }), ...(body === '' ? {} : { body }) }
}

function linkTo(email: string, { subject, body }: MailLink): string {
  return `mailto:${encodeURIComponent(email)}?subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(body)}`
}
