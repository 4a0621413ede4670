import { Button } from '@mantine/core'
import { Component, type ReactNode } from 'react'
import { FullPage } from './FullPage.tsx'

interface Props {
  readonly children: ReactNode
}

/** React offers no function for this: a class, so that a bug in one component does not leave an empty window. */
export class ErrorBoundary extends Component<Props, { hasFailed: boolean }> {
  override state = { hasFailed: false }

  static getDerivedStateFromError() {
    return { hasFailed: true }
  }

  override render() {
    return this.state.hasFailed ? <PageFailed /> : this.props.children
  }
}

/** Sending goes on: it does not happen in the page. */
export function PageFailed() {
  return (
    <FullPage
      title="This page has stumbled"
      actions={<Button onClick={() => window.location.reload()}>Reload the page</Button>}
    >
      Pacemail itself is not affected: your data is kept and sending goes on as planned. Reload the page to go on.
    </FullPage>
  )
}
