import type { MailboxNeed } from '#shared/domain/taxonomy'
import { PROVIDERS } from '../../ui/client-words.ts'
import type { Mailbox } from './use-mailboxes.ts'

/**
 * What the card offers: `sign_in` asks for the password or opens the provider's page · `admin` shows what the admin must do
 * · `client` shows the client id · `resume` tries again once the rep has mended it elsewhere.
 */
export type NeedAction = 'sign_in' | 'admin' | 'client' | 'resume'

export interface NeedWords {
  /** What is wrong and what to do, without what becomes of the mail. */
  readonly text: string
  /** The buttons, the most useful first. */
  readonly actions: readonly NeedAction[]
}

type Words = (mailbox: Pick<Mailbox, 'kind' | 'address'>) => NeedWords

const WORDS = {
  sign_in: ({ kind }) => ({
    text:
      kind === 'smtp'
        ? 'The server no longer accepts the password. Sign in with the one it has now.'
        : `${companyOf(kind)} no longer accepts the sign-in: it expired, the password was changed, or it was taken back. Sign in again.`,
    actions: ['sign_in'],
  }),
  account_blocked: ({ kind, address }) => ({
    text: `${companyOf(kind)} has blocked ${address} or wants to check that it is you. Sign in there in your browser, do what it asks, then try again here.`,
    actions: ['resume', 'sign_in'],
  }),
  admin: ({ kind }) => ({
    text: `Your organisation does not let Pacemail use this mailbox. Its admin can allow it${atCompany(kind)}; sign in again when that is done.`,
    actions: ['admin', 'sign_in'],
  }),
  mailbox_full: () => ({
    text: 'The mailbox is full, and a full mailbox can neither send nor receive. Delete something there, then try again.',
    actions: ['resume'],
  }),
  no_mailbox: ({ kind }) => ({
    text: `There is no mailbox behind this account${atCompany(kind)}. It may lack a licence, or mail was switched off; ask your admin, or remove it and add the right one.`,
    actions: ['resume'],
  }),
  sender_not_allowed: ({ address }) => ({
    text: `The account may not send as ${address}. Add this address to the account as one of its own, or sign in with the account it belongs to.`,
    actions: ['resume', 'sign_in'],
  }),
  permission: () => ({
    text: 'A permission was not ticked, or was taken back. Sign in again and leave every box ticked.',
    actions: ['sign_in'],
  }),
  configuration: ({ kind }) =>
    kind === 'smtp'
      ? {
          text: 'The server settings are no longer right. Open them, compare them with your provider’s page and save.',
          actions: ['sign_in'],
        }
      : {
          text: `The client id of this Pacemail is missing, or ${companyOf(kind)} does not know it any more. Check it, then sign in again.`,
          actions: ['client'],
        },
  secrets: ({ address }) => ({
    text: `This computer’s safe for passwords cannot be opened, so Pacemail cannot sign in to ${address}. What it holds is kept. Unlock the keychain of your system, then try again; if it is lost, sign in again.`,
    actions: ['resume', 'sign_in'],
  }),
} satisfies Record<MailboxNeed, Words>

/** For a mailbox that `needs_sign_in`; without a known need the sign-in itself. */
export function needWords(mailbox: Pick<Mailbox, 'kind' | 'address' | 'need'>): NeedWords {
  return WORDS[mailbox.need ?? 'sign_in'](mailbox)
}

export const ACTION_LABELS = {
  sign_in: 'Sign in again',
  admin: 'What your admin must do',
  client: 'Check the client id',
  resume: 'Try again',
} satisfies Record<NeedAction, string>

/** Who an admin has to allow it at; `smtp`: their own mail server. */
export type AdminPlace = 'gmail' | 'outlook' | 'smtp'

/** What an admin has to know. */
export interface AdminCase {
  /** Gmail and Outlook; else empty. */
  readonly clientId: string
  /** The page where they allow it; null: there is none. */
  readonly adminUrl: string | null
  /** The provider's number of the rule that stopped the sign-in; null: none was named. */
  readonly rule?: string | null
  /** SMTP and IMAP: whose mailbox it is. */
  readonly address?: string
}

/** A mail for the admin, to be copied. */
export function adminMail(place: AdminPlace, admin: AdminCase): string {
  const { adminUrl, rule = null } = admin
  const page = adminUrl === null ? [] : ['', 'This page asks for exactly that:', adminUrl]
  const named = rule === null ? [] : ['', `What stopped the sign-in was: ${rule}`]
  return ['Hello,', '', ...ADMIN_TEXTS[place](admin), ...named, ...page, '', 'Thank you!'].join('\n')
}

const ABOUT =
  'It runs on my own computer, writes drafts and sends mail from my mailbox only, and reads it to notice answers. Nothing goes through a server of its makers.'

const ADMIN_TEXTS = {
  gmail: ({ clientId }) => [
    'I would like to use the mail program Pacemail with my mailbox, and Google says that you must allow it first.',
    ABOUT,
    '',
    'In the Google Admin console: Security > Access and data control > API controls > Manage app access > Configure new app. Search for this client ID and choose Trusted:',
    clientId,
  ],
  outlook: ({ clientId }) => [
    'I would like to use the mail program Pacemail with my mailbox, and Microsoft says that you must allow it first.',
    ABOUT,
    '',
    'It needs the delegated permissions Mail.ReadWrite, Mail.Send and User.Read of Microsoft Graph. The application (client) ID is:',
    clientId,
  ],
  smtp: ({ address = '' }) => [
    `I would like to use the mail program Pacemail with my mailbox ${address}, and the mail server says that this is not allowed.`,
    ABOUT,
    '',
    'Please allow SMTP (sending) and IMAP (reading) with a password for this mailbox, or tell me how to make an app password. Often both are switched off for a whole organisation.',
  ],
} satisfies Record<AdminPlace, (admin: AdminCase) => readonly string[]>

function companyOf(kind: Mailbox['kind']): string {
  return kind === 'gmail' || kind === 'outlook' ? PROVIDERS[kind].company : 'The provider'
}

function atCompany(kind: Mailbox['kind']): string {
  return kind === 'gmail' || kind === 'outlook' ? ` at ${PROVIDERS[kind].company}` : ''
}
