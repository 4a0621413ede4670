import { Button, Center, Code, Loader } from '@mantine/core'
import type { ReactNode } from 'react'
import { useConnection } from '../api/hooks.ts'
import { FullPage } from './FullPage.tsx'

/** Shows the app only to a page that the host talks to. A lost line keeps the page; the layout says so there. */
export function ConnectionGate({ children }: { readonly children: ReactNode }) {
  const connection = useConnection()
  if (connection === 'refused') return <Refused />
  if (connection === 'incompatible') return <Incompatible />
  if (connection === 'connecting') {
    return (
      <Center mih="100vh">
        <Loader aria-label="Connecting to Pacemail" />
      </Center>
    )
  }
  return children
}

function Refused() {
  return (
    <FullPage title="Open the address Pacemail printed">
      This page is not signed in to Pacemail. Each start prints a fresh address in the terminal, as{' '}
      <Code>Pacemail is ready at http://…</Code>: open that one. Start Pacemail first if it is not running. Your data is
      safe.
    </FullPage>
  )
}

function Incompatible() {
  return (
    <FullPage
      title="Pacemail was updated"
      actions={<Button onClick={() => window.location.reload()}>Reload the page</Button>}
    >
      This page belongs to another version. Reload it to go on; nothing is lost.
    </FullPage>
  )
}
