import type { Readable } from 'node:stream'
import SMTPConnection, { type SMTPConnectionOptions, type SMTPConnectionSendInfo } from 'nodemailer/lib/smtp-connection'
import type { SmtpServer } from '#shared/contract/mailboxes'
import type { Envelope } from '../mime.ts'
import { hostOptions, setupMsOf } from './server-host.ts'

export interface SmtpAccount {
  readonly server: SmtpServer
  readonly password: string
  /** Silence of the server, ms, after which we give up. */
  readonly timeoutMs: number
}

export interface SmtpSession {
  /** The largest mail that the server announced (RFC 1870); null: it announced none, or one without a limit. */
  readonly mostMailBytes: number | null
  /** One mail. Its first byte is read from `body` once the server has answered DATA with "go ahead". */
  send(envelope: Envelope & { readonly sizeBytes: number }, body: Readable): Promise<SMTPConnectionSendInfo>
}

/**
 * Connects, secures, signs in, runs `work` and says goodbye: one connection, used once, nothing retried.
 * When `signal` aborts the connection is cut and `work` fails.
 */
export async function withSmtpSession<T>(
  account: SmtpAccount,
  signal: AbortSignal,
  work: (session: SmtpSession) => Promise<T>,
): Promise<T> {
  const connection = new SMTPConnection(optionsOf(account))
  const lost = whenLost(connection)
  const cut = () => connection.close()
  signal.addEventListener('abort', cut, { once: true })
  try {
    if (signal.aborted) cut()
    await Promise.race([lost, connect(connection)])
    const mostMailBytes = announcedSize(connection.lastServerResponse)
    if (account.server.user !== '') await Promise.race([lost, login(connection, account)])
    const result = await work({
      mostMailBytes,
      send: (envelope, body) => Promise.race([lost, send(connection, envelope, body)]),
    })
    // Only a courtesy: the answer that counts is already there.
    connection.quit()
    return result
  } catch (error) {
    connection.close()
    throw error
  } finally {
    signal.removeEventListener('abort', cut)
  }
}

/** In the answer to EHLO, the last one before signing in. */
function announcedSize(answer: string | false): number | null {
  const size = Number(/^250[ -]SIZE[ ](\d{1,15})[ ]*$/im.exec(answer || '')?.[1] ?? 0)
  return size === 0 ? null : size
}

/** Rejects when the connection fails or ends, in whatever step. nodemailer answers some steps only by this event. */
function whenLost(connection: SMTPConnection): Promise<never> {
  const lost = new Promise<never>((_resolve, reject) => {
    connection.on('error', reject)
    connection.once('end', () => reject(new Error('the connection ended')))
  })
  lost.catch(() => undefined)
  return lost
}

function connect(connection: SMTPConnection): Promise<void> {
  return new Promise((resolve, reject) => {
    connection.connect((error) => (error ? reject(error) : resolve()))
  })
}

function login(connection: SMTPConnection, { server, password }: SmtpAccount): Promise<void> {
  return new Promise((resolve, reject) => {
    connection.login({ user: server.user, pass: password }, (error) => (error ? reject(error) : resolve()))
  })
}

function send(
  connection: SMTPConnection,
  { from, to, sizeBytes }: Envelope & { readonly sizeBytes: number },
  body: Readable,
): Promise<SMTPConnectionSendInfo> {
  return new Promise((resolve, reject) => {
    connection.send({ from, to: [to], size: sizeBytes }, body, (error, info) => {
      if (error || info === undefined) reject(error ?? new Error('no answer'))
      else resolve(info)
    })
  })
}

function optionsOf({ server, timeoutMs }: SmtpAccount): SMTPConnectionOptions {
  const setupMs = setupMsOf(timeoutMs)
  return {
    ...hostOptions(server, 'SMTP'),
    requireTLS: server.security === 'starttls',
    ignoreTLS: server.security === 'none',
    // Our machine's name is nobody's business; many servers would write it into the mail.
    name: '[127.0.0.1]',
    dnsTimeout: setupMs,
    connectionTimeout: setupMs,
    greetingTimeout: setupMs,
    socketTimeout: timeoutMs,
  }
}
