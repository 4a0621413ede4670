import type { InputAt } from '../../api/paths.ts'
import type { ImapServer, Mailbox, SmtpServer } from './use-mailboxes.ts'

/** The servers of a mailbox while they are being typed. */
export interface ServersDraft {
  host: string
  port: number | ''
  security: SmtpServer['security']
  user: string
  /** Incoming mail is read too. */
  doesRead: boolean
  imapHost: string
  imapPort: number | ''
  imapSecurity: ImapServer['security']
  password: string
}

/** A new SMTP mailbox while it is being typed. */
export interface SmtpDraft extends ServersDraft {
  address: string
  senderName: string
  signature: string
}

export const EMPTY_SMTP: SmtpDraft = {
  address: '',
  senderName: '',
  signature: '',
  host: '',
  port: 587,
  security: 'starttls',
  user: '',
  doesRead: false,
  imapHost: '',
  imapPort: 993,
  imapSecurity: 'tls',
  password: '',
}

/** The servers of a mailbox that is there; its password is not known to the page. */
export function serversDraftOf({ address, smtp, imap }: Pick<Mailbox, 'address' | 'smtp' | 'imap'>): ServersDraft {
  return {
    host: smtp?.host ?? '',
    port: smtp?.port ?? 587,
    security: smtp?.security ?? 'starttls',
    user: smtp?.user ?? address,
    doesRead: imap !== null,
    imapHost: imap?.host ?? '',
    imapPort: imap?.port ?? 993,
    imapSecurity: imap?.security ?? 'tls',
    password: '',
  }
}

type Errors<Draft> = Partial<Record<keyof Draft, string | null>>

/** A sentence for each field that cannot be right, null for the others. */
export function smtpErrors(draft: SmtpDraft): Errors<SmtpDraft> {
  return {
    address: /^[^\s@,;<>]+@[^\s@,;<>]+$/.test(draft.address.trim())
      ? null
      : 'Write one address, such as you@your-company.example.',
    ...serversErrors(draft),
    password: draft.password === '' ? 'The server needs the password of this mailbox.' : null,
  }
}

/** The same for servers alone; an empty password keeps the stored one. */
export function serversErrors(draft: ServersDraft): Errors<ServersDraft> {
  const { doesRead } = draft
  return {
    host: draft.host.trim() === '' ? 'Write the name of the server, such as smtp.your-company.example.' : null,
    port: isPort(draft.port) ? null : 'A number from 1 to 65535; mostly 465 or 587.',
    security: isOpenFarAway(draft.security, draft.host) ? NOT_ENCRYPTED : null,
    imapHost:
      doesRead && draft.imapHost.trim() === ''
        ? 'Write the name of the server, such as imap.your-company.example.'
        : null,
    imapPort: doesRead && !isPort(draft.imapPort) ? 'A number from 1 to 65535; mostly 993 or 143.' : null,
    imapSecurity: doesRead && isOpenFarAway(draft.imapSecurity, draft.imapHost) ? NOT_ENCRYPTED : null,
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
    ...serversOfDraft(draft, address),
  }
}

/** Only for a draft without errors. An empty user name means the address. */
export function serversOfDraft(
  draft: ServersDraft,
  address: string,
): { readonly smtp: SmtpServer; readonly imap: ImapServer | null } {
  return {
    smtp: {
      host: draft.host.trim(),
      port: Number(draft.port),
      security: draft.security,
      user: draft.user.trim() === '' ? address : draft.user.trim(),
    },
    imap: draft.doesRead
      ? { host: draft.imapHost.trim(), port: Number(draft.imapPort), security: draft.imapSecurity }
      : null,
  }
}

/** The usual ports for a kind of encryption, so that the two always fit. */
export const USUAL_PORTS = {
  smtp: { tls: 465, starttls: 587, none: 25 },
  imap: { tls: 993, starttls: 143, none: 143 },
} as const satisfies Record<'smtp' | 'imap', Record<SmtpServer['security'], number>>

const NOT_ENCRYPTED = 'Without encryption your password could be read on the way. Choose TLS or STARTTLS.'

function isPort(port: number | ''): boolean {
  return typeof port === 'number' && Number.isInteger(port) && port >= 1 && port <= 65_535
}

function isOpenFarAway(security: SmtpServer['security'], host: string): boolean {
  return security === 'none' && !['localhost', '127.0.0.1', '::1', ''].includes(host.trim().toLowerCase())
}
