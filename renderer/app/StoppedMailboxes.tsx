import { Anchor } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { KeyRound } from 'lucide-react'
import { useApi } from '../api/hooks.ts'
import { Banner } from './Banner.tsx'

/** Mailboxes that send nothing before the rep has done something; what it is stands on their card. */
export function StoppedMailboxes() {
  const { data: mailboxes = [] } = useApi('mailboxes.list', {})
  return mailboxes
    .filter(({ status }) => status === 'needs_sign_in')
    .map(({ id, address, need }) => {
      const isSignIn = need === null || need === 'sign_in' || need === 'permission'
      const search = isSignIn ? { again: id } : {}
      return (
        <Banner key={id} color="yellow" icon={<KeyRound size={18} aria-hidden />}>
          Mail from {address} waits:{' '}
          {isSignIn ? 'Pacemail is signed out there.' : 'something is to be put right there first.'}{' '}
          <Anchor
            inherit
            c="inherit"
            underline="always"
            renderRoot={(props) => <Link to="/mailboxes" search={search} {...props} />}
          >
            {isSignIn ? 'Sign in again' : 'See what to do'}
          </Anchor>
        </Banner>
      )
    })
}
