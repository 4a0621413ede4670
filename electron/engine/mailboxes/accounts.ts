/** Adding, signing in and removing mailboxes: everything about them that has a secret. Each is tried before it is saved. */
import { write } from '#db/open'
import { insertEvent } from '#db/queries/events'
import { countUnfinished, isAddressTaken, type MailboxRecord } from '#db/queries/mailboxes'
import type { ImapServer, SmtpServer } from '#shared/contract/mailboxes'
import { parseAddress } from '#shared/domain/address'
import { AppError } from '#shared/errors'
import type { CheckedMailbox, MailProvider } from '../../mailbox/mail-provider.ts'
import type { Account } from '../../mailbox/mail-room.ts'
import type { MailboxSecret, SignedIn } from '../../mailbox/sign-in.ts'
import type { EngineContext } from '../context.ts'
import { practiceFolder, practiceFolders } from '../folders.ts'
import type { Identity, Mailboxes } from './mailboxes.ts'
import type { OAuthClients } from './oauth-clients.ts'

export interface Accounts {
  addPractice(identity: Partial<Identity>): MailboxRecord
  /** Signs in before anything is saved; throws what the adapter heard. */
  addSmtp(account: Identity & Servers & { address: string; password: string }): Promise<MailboxRecord>
  /** Other servers for an SMTP mailbox; `password` null keeps the stored one. */
  saveServers(mailboxId: number, servers: Servers & { password: string | null }): Promise<MailboxRecord>
  /** A new password, tried before it is saved. */
  signIn(mailboxId: number, password: string): Promise<MailboxRecord>
  /** A mailbox at Google or Microsoft, fresh from the browser. Throws `mailbox.address_taken`. */
  addSignedIn(account: SignedIn & { kind: 'gmail' | 'outlook'; senderName: string }): Promise<MailboxRecord>
  /** The same mailbox with new tokens. */
  signInAgain(mailboxId: number, signedIn: SignedIn): Promise<MailboxRecord>
  /** What is stored of a mailbox, for a sign-in that begins from it; null: nothing. */
  storedSecret(mailboxId: number): Promise<string | null>
  /** Throws `mailbox.in_use` while mail waits in it. */
  remove(mailboxId: number): Promise<void>
  /** The adapter of a saved mailbox. Throws `mail.signed_out` where no secret is stored. */
  open(mailbox: MailboxRecord): Promise<MailProvider>
}

export interface Servers {
  readonly smtp: SmtpServer
  /** Null: answers are not read. */
  readonly imap: ImapServer | null
}

export interface AccountsDeps extends EngineContext {
  readonly mailboxes: Mailboxes
  readonly clients: OAuthClients
  /** The account changed: an open adapter is void. */
  readonly forget: (mailboxId: number) => void
}

/** Signing in at a mail server may take this long, ms. */
const SIGN_IN_MS = 60_000
/** Nobody waits longer for a provider to hear that a mailbox was removed, ms. */
const REVOKE_MS = 10_000
/** The practice mailbox's own address, at a domain that can never receive mail (RFC 2606). */
export const PRACTICE_ADDRESS = 'you@practice.example'

export function createAccounts(deps: AccountsDeps): Accounts {
  const { mailboxes, secrets } = deps

  function refuseTaken(address: string): void {
    if (isAddressTaken(deps.db, address)) throw new AppError('mailbox.address_taken', 'mailbox exists')
  }

  function smtpMailbox(mailboxId: number): MailboxRecord {
    const mailbox = mailboxes.get(mailboxId)
    if (mailbox.kind !== 'smtp') throw new AppError('mailbox.kind_mismatch', `${mailbox.kind} has no password`)
    return mailbox
  }

  /** A new mailbox with its secret. A crash in between leaves a mailbox that asks for a sign-in, never a secret alone. */
  async function add(account: Parameters<Mailboxes['add']>[0], secret: string): Promise<MailboxRecord> {
    const id = mailboxes.add(account)
    await secrets.set(secretName(id), secret)
    return mailboxes.changed(id)
  }

  async function storedPassword(mailboxId: number): Promise<string> {
    const password = await secrets.get(secretName(mailboxId))
    if (password === null) throw new AppError('mail.signed_out', 'no password is stored')
    return password
  }

  return {
    addPractice: (identity) =>
      mailboxes.changed(
        mailboxes.add({
          kind: 'practice',
          address: PRACTICE_ADDRESS,
          smtp: null,
          imap: null,
          mostMailBytes: null,
          mayRead: true,
          senderName: identity.senderName || 'You (practice)',
          signature: identity.signature ?? '',
        }),
      ),

    async addSmtp({ password, ...typed }) {
      const parsed = parseAddress(typed.address)
      if (!parsed.ok) {
        throw new AppError('mailbox.address_invalid', parsed.problem, { details: { problem: parsed.problem } })
      }
      const account = { ...typed, kind: 'smtp' as const, address: parsed.address.ascii, mayRead: typed.imap !== null }
      refuseTaken(account.address)
      const checked = await tryOut(deps, account, password)
      return add({ ...account, ...checked }, password)
    },

    async saveServers(mailboxId, { smtp, imap, password }) {
      const mailbox = smtpMailbox(mailboxId)
      const tried = password ?? (await storedPassword(mailboxId))
      const checked = await tryOut(deps, { ...mailbox, smtp, imap }, tried)
      if (password !== null) await secrets.set(secretName(mailboxId), password)
      deps.forget(mailboxId)
      // Another server numbers its mail in another way: reading starts anew.
      return mailboxes.signedIn(mailboxId, { smtp, imap, mayRead: imap !== null, cursor: null, ...checked })
    },

    async signIn(mailboxId, password) {
      const checked = await tryOut(deps, smtpMailbox(mailboxId), password)
      await secrets.set(secretName(mailboxId), password)
      deps.forget(mailboxId)
      return mailboxes.signedIn(mailboxId, checked)
    },

    async addSignedIn({ kind, address, mayRead, secret, senderName }) {
      refuseTaken(address)
      return add(
        { kind, address, mayRead, senderName, signature: '', smtp: null, imap: null, mostMailBytes: null },
        secret,
      )
    },

    async signInAgain(mailboxId, { secret, mayRead }) {
      await secrets.set(secretName(mailboxId), secret)
      deps.forget(mailboxId)
      return mailboxes.signedIn(mailboxId, { mayRead })
    },

    storedSecret: (mailboxId) => secrets.get(secretName(mailboxId)),

    async remove(mailboxId) {
      const mailbox = mailboxes.get(mailboxId)
      if (countUnfinished(deps.db, mailboxId) > 0) throw new AppError('mailbox.in_use', 'mail waits in it')
      mailboxes.remove(mailboxId)
      const secret = mailbox.kind === 'gmail' ? await secrets.get(secretName(mailboxId)) : null
      await secrets.remove(secretName(mailboxId))
      deps.forget(mailboxId)
      if (secret !== null) await revoke(deps, mailbox, secret)
    },

    async open(mailbox) {
      const { kind, id } = mailbox
      const password = kind === 'smtp' ? await storedPassword(id) : null
      const client = kind === 'gmail' || kind === 'outlook' ? await deps.clients.of(kind) : null
      const folder = practiceFolder(deps.dataFolder, id)
      return deps.mail.open(mailbox, { practiceFolder: folder, password, client, secret: secretOf(deps, id) })
    },
  }
}

/** Where a mailbox's password or tokens are kept. */
export function secretName(mailboxId: number): string {
  return `mailbox.${mailboxId}`
}

function secretOf({ secrets }: AccountsDeps, mailboxId: number): MailboxSecret {
  return {
    read: () => secrets.get(secretName(mailboxId)),
    write: (secret) => secrets.set(secretName(mailboxId), secret),
  }
}

/** It is gone from here in any case; where the provider cannot be told, the rep hears of it. */
async function revoke(deps: AccountsDeps, { id, kind }: MailboxRecord, secret: string): Promise<void> {
  const timeout = new AbortController()
  const disarm = deps.clock.at(deps.clock.now() + REVOKE_MS, () => timeout.abort())
  try {
    const client = kind === 'gmail' || kind === 'outlook' ? await deps.clients.of(kind) : null
    await deps.mail.revoke(kind, { client, secret }, timeout.signal)
  } catch (error) {
    deps.log.error('a sign-in could not be taken back', error, { mailboxId: id })
    const now = deps.clock.now()
    write(deps.db, (tx) => insertEvent(tx, { at: now, kind: 'mailbox_not_revoked', mailboxId: id }))
  } finally {
    disarm()
  }
}

/** Signs in once, sending nothing; throws what the adapter heard. */
async function tryOut(deps: AccountsDeps, account: Account, password: string): Promise<CheckedMailbox> {
  const timeout = new AbortController()
  const disarm = deps.clock.at(deps.clock.now() + SIGN_IN_MS, () => timeout.abort())
  const nowhere: MailboxSecret = { read: async () => null, write: async () => {} }
  const means = { practiceFolder: practiceFolders(deps.dataFolder), password, client: null, secret: nowhere }
  try {
    const provider = await deps.mail.open(account, means)
    return await provider.check(timeout.signal)
  } finally {
    disarm()
  }
}
