import { Box, Tabs } from '@mantine/core'
import type { ReactNode } from 'react'
import styles from './MailView.module.css'
import { ScrollRegion } from './ScrollRegion.tsx'

interface Props {
  /** What the frame is called for somebody who cannot see it. */
  readonly title: string
  readonly text: string
  /** Null: the mail is plain text. */
  readonly html: string | null
  /** Beside the tabs. */
  readonly aside?: ReactNode
}

/** A mail as its reader sees it. Formatted mail is shown in a frame that may run, load and open nothing. */
export function MailView({ title, text, html, aside }: Props) {
  if (html === null) {
    return (
      <Box className={styles['view']}>
        {aside}
        <PlainMail title={title} text={text} />
      </Box>
    )
  }
  return (
    <Tabs defaultValue="formatted" className={styles['view']} keepMounted={false}>
      <Tabs.List>
        <Tabs.Tab value="formatted">Formatted</Tabs.Tab>
        <Tabs.Tab value="text">Text alternative</Tabs.Tab>
        {aside}
      </Tabs.List>
      <Tabs.Panel value="formatted" className={styles['panel'] ?? ''}>
        <iframe className={styles['frame']} title={title} sandbox="" srcDoc={mailDocument(html)} />
      </Tabs.Panel>
      <Tabs.Panel value="text" className={styles['panel'] ?? ''}>
        <PlainMail title={title} text={text} />
      </Tabs.Panel>
    </Tabs>
  )
}

function PlainMail({ title, text }: { readonly title: string; readonly text: string }) {
  return (
    <ScrollRegion className={styles['plain']} name={title}>
      {text}
    </ScrollRegion>
  )
}

/** A link in the frame opens nothing: its target is a new window, which the sandbox refuses. */
function mailDocument(html: string): string {
  const nonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? ''
  return `<!doctype html><html><head><meta charset="utf-8"><base target="_blank"><style nonce="${nonce}">${MAIL_STYLE}</style></head><body>${html}</body></html>`
}

/** What mail programs do with mail that brings no style of its own. */
const MAIL_STYLE =
  'body{font:14px/1.5 Arial,Helvetica,sans-serif;color:#222;background:#fff;margin:16px;overflow-wrap:anywhere}a{color:#1155cc}'
