import type { InputAt } from '../../api/paths.ts'
import type { SmtpServer } from './use-mailboxes.ts'

/** A new SMTP mailbox while it is being typed. */
export interface SmtpDraft {
  address: string
  senderName: string
  signature: string
  host: string
  port: number | ''
  security: SmtpServer['security']
  user: string
  password: string
}

export const EMPTY_SMTP: SmtpDraft = {
  address: '',
  senderName: '',
  signature: '',
  host: '',
  port: 587,
  security: 'starttls',
  user: '',
  password: '',
}

/** A sentence for each field that cannot be right, null for the others. */
export function smtpErrors(draft: SmtpDraft): Partial<Record<keyof SmtpDraft, string | null>> {
  return {
    address: /^[^\s@,;<>]+@[^\s@,;<>]+$/.test(draft.address.trim())
      ? null
      : 'Write one address, such as you@your-company.example.',
    host: draft.host.trim() === '' ? 'Write the name of the server, such as smtp.your-company.example.' : null,
    port: isPort(draft.port) ? null : 'A number from 1 to 65535; mostly 465 or 587.',
    security:
      draft.security === 'none' && !isThisMachine(draft.host)
        ? 'Without encryption your password could be read on the way. Choose TLS or STARTTLS.'
        : null,
    password: draft.password === '' ? 'The server needs the password of this mailbox.' : null,
  }
}

/** Only for a draft without errors. */
export function smtpInput(draft: SmtpDraft): InputAt<'mailboxes.addSmtp'> {
  const address = draft.address.trim()
  return {
    address,
    senderName: draft.senderName,
    signature: draft.signature,
    password: draft.password,
    smtp: {
      host: draft.host.trim(),
      port: Number(draft.port),
      security: draft.security,
      user: draft.user.trim() === '' ? address : draft.user.trim(),
    },
  }
}

/** The usual port for a kind of encryption, so that the two always fit. */
export function usualPort(security: SmtpServer['security']): number {
  return { tls: 465, starttls: 587, none: 25 }[security]
}

function isPort(port: number | ''): boolean {
  return typeof port === 'number' && Number.isInteger(port) && port >= 1 && port <= 65_535
}

function isThisMachine(host: string): boolean {
  return ['localhost', '127.0.0.1', '::1', ''].includes(host.trim().toLowerCase())
}
