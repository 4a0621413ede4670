import { Readable } from 'node:stream'
import type { ImapServer, SmtpServer } from '#shared/contract/mailboxes'
import { parseAddress } from '#shared/domain/address'
import { AppError } from '#shared/errors'
import { createImapReader } from './imap-reader.ts'
import { keepCopy, keepsCopies, lookInSent, type FoundCopy } from './imap-sent.ts'
import { withImapSession, type ImapAccount } from './imap-session.ts'
import type { DraftFate, MailProvider, OutgoingMail, ProofTimes, SentMail } from '../mail-provider.ts'
import { assertKey, buildMime, envelopeOf, messageIdOf } from '../mime.ts'
import { smtpFailure, type SendMoment } from './smtp-failure.ts'
import { withSmtpSession, type SmtpAccount } from './smtp-session.ts'

export interface SmtpMeans extends SmtpAccount {
  /** Null: answers are not read, and doubts are the rep's. */
  readonly imap: ImapServer | null
  /** The rep's own. */
  readonly address: string
}

/** A copy in Sent is the only proof there is, and it is one at every moment; that there is none proves nothing. */
const PROOF: ProofTimes = {
  // Servers that keep the copy themselves were seen to take seconds for it (providers.md §5.2: up to 7 s).
  firstLookMs: 30_000,
  // No draft is ever found here.
  draftAgeMs: 0,
  draftLooks: 1,
  // A sign-in each time; providers.md §5 lets a minute pass between looks.
  betweenLooksMs: 60_000,
  // A server may take ten minutes to say that it took a mail (RFC 5321 §4.5.3.2.6): so long its copy may still come.
  giveUpMs: 10 * 60_000,
}

/** The mail has left: nobody should wait long for its copy, ms. */
const COPY_TIMEOUT_MS = 20_000

/**
 * A mailbox behind an SMTP server and, for its incoming and sent mail, an IMAP server. SMTP knows no drafts and cannot be
 * asked afterwards, so a draft is only our key, and of a connection that breaks once the mail is on its way only a copy in
 * the Sent folder can tell what became of it. Without IMAP nobody but the rep can.
 */
export function createSmtpProvider(means: SmtpMeans): MailProvider {
  const imap = imapAccountOf(means)
  return {
    kind: 'smtp',
    proof: imap === null ? null : PROOF,
    hasVisibleDrafts: false,
    holding: null,
    looksAt: imap === null ? [] : ['sent'],
    reader: imap === null ? null : createImapReader(imap, means.address),
    createDraft: async (mail) => {
      await buildMime(mail)
      return { draftId: mail.key }
    },
    sendDraft: async (draftId, mail, beforeFirstByte, signal) => {
      if (draftId !== mail.key) throw new AppError('mail.invalid', 'this draft belongs to another mail')
      const bytes = await buildMime(mail)
      const sent = await sendOnce(means, { mail, bytes }, { beforeFirstByte, signal })
      // Not before: a copy of ours is looked for as proof that the server took the mail.
      const copy = imap === null ? null : await keptCopy(imap, means.server, { mail, bytes }, signal)
      return copy?.messageId ? { ...sent, messageId: copy.messageId } : sent
    },
    findDraft: async (key, _draftId, signal) =>
      imap === null ? { fate: 'unknown' } : findSent(imap, { key, address: means.address }, signal),
    deleteDraft: async () => {},
    strayDrafts: async () => [],
    ownAddresses: async () => [],
    check: async (signal) => {
      const mostMailBytes = await named('smtp', () => checkSmtp(means, signal))
      if (imap !== null) await named('imap', () => withImapSession(imap, signal, async () => {}))
      return { mostMailBytes }
    },
  }
}

/** The user and the password are those of the SMTP server; where that one asks for none, the address is the user. */
function imapAccountOf({ imap, server, address, password, timeoutMs }: SmtpMeans): ImapAccount | null {
  return imap && { server: imap, user: server.user || address, password, timeoutMs }
}

/** The largest mail that the server announces. */
async function checkSmtp(means: SmtpMeans, signal: AbortSignal): Promise<number | null> {
  try {
    return await withSmtpSession(means, signal, async (session) => session.mostMailBytes)
  } catch (error) {
    throw smtpFailure(error, { isStopped: signal.aborted, isHandedOver: false })
  }
}

/** Says which of the two servers it was: `details.server`. */
async function named<T>(server: 'smtp' | 'imap', check: () => Promise<T>): Promise<T> {
  try {
    return await check()
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    const details = { ...error.details, server }
    throw new AppError(error.code, `${server}: ${error.message}`, { details, cause: error })
  }
}

/** A look that finds no copy proves nothing: not every server keeps one. */
async function findSent(
  imap: ImapAccount,
  { key, address }: { key: string; address: string },
  signal: AbortSignal,
): Promise<DraftFate> {
  assertKey(key)
  const own = parseAddress(address)
  const messageId = `<${key}@${own.ok ? own.address.domain : ''}>`
  const found = await withImapSession(imap, signal, (session) => lookInSent(session, { key, messageId }))
  if (found === null) return { fate: 'unknown' }
  return { fate: 'sent', providerMessageId: found.messageId ?? messageId, threadId: null, messageId: found.messageId }
}

interface BuiltMail {
  readonly mail: OutgoingMail
  readonly bytes: Buffer
}

/** The copy that the server made, once there is one for sure; null otherwise. Never fails: the mail was sent. */
async function keptCopy(
  imap: ImapAccount,
  server: SmtpServer,
  { mail, bytes }: BuiltMail,
  signal: AbortSignal,
): Promise<FoundCopy | null> {
  const ours = { key: mail.key, messageId: messageIdOf(mail) }
  const account = { ...imap, timeoutMs: Math.min(imap.timeoutMs, COPY_TIMEOUT_MS) }
  if (keepsCopies(server.host)) return null
  try {
    return await withImapSession(account, signal, (session) => keepCopy(session, ours, bytes))
  } catch {
    return null
  }
}

async function sendOnce(
  account: SmtpAccount,
  { mail, bytes }: BuiltMail,
  { beforeFirstByte, signal }: { beforeFirstByte: () => boolean; signal: AbortSignal },
): Promise<SentMail> {
  const envelope = { ...envelopeOf(mail), sizeBytes: bytes.length }
  const moment: SendMoment = { isStopped: false, isHandedOver: false }
  const body = readableOnce(bytes, moment, beforeFirstByte)
  try {
    const info = await withSmtpSession(account, signal, (session) => session.send(envelope, body))
    const messageId = messageIdOf(mail)
    return {
      providerMessageId: info.serverMessageId ?? messageId,
      threadId: null,
      messageId: info.serverMessageId ? null : messageId,
    }
  } catch (error) {
    throw smtpFailure(error, { ...moment, isStopped: moment.isStopped || signal.aborted })
  } finally {
    body.destroy()
  }
}

/**
 * The mail as a stream that asks before it gives its first byte. nodemailer reads it only after the server said "go
 * ahead" to DATA, the last point at which stopping is sure: a server must drop a mail whose final dot never came
 * (RFC 5321 §4.1.1.4), and of this one it has not even the first byte.
 */
function readableOnce(bytes: Buffer, moment: SendMoment, mayLeave: () => boolean): Readable {
  const body = new Readable({
    read() {
      if (moment.isHandedOver || moment.isStopped) return
      // Until `mayLeave` has said yes, also by throwing, the mail is stopped.
      moment.isStopped = true
      if (!mayLeave()) {
        body.destroy(new Error('stopped before the first byte'))
        return
      }
      moment.isStopped = false
      moment.isHandedOver = true
      body.push(bytes)
      body.push(null)
    },
  })
  return body
}
