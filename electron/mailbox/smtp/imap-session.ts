import {
  ImapFlow,
  type FetchMessageObject,
  type FetchQueryObject,
  type ImapFlowOptions,
  type SearchObject,
} from 'imapflow'
import type { ImapServer } from '#shared/contract/mailboxes'
import { commandRefused, connectionLost, imapFailure } from './imap-failure.ts'
import { hostOptions, setupMsOf } from './server-host.ts'

export interface ImapAccount {
  readonly server: ImapServer
  readonly user: string
  readonly password: string
  /** Silence of the server, ms, after which we give up. */
  readonly timeoutMs: number
}

/** A folder as it was opened. */
export interface OpenFolder {
  readonly path: string
  /** While it stays the same, a UID names the same mail for ever (RFC 3501 §2.3.1.1). */
  readonly uidValidity: string
  /** The UID of the next mail; null where the server does not tell. */
  readonly uidNext: number | null
  /** How many mails are in it. */
  readonly exists: number
}

/** What is used of a connection. Every failure is thrown; "nothing" is always an answer of the server. */
export interface ImapSession {
  /** Paths with their role (`\Sent`, `\Junk`), by the server's word or else by their name; those that cannot be opened left out. */
  folders(): Promise<{ readonly path: string; readonly role: string | null }[]>
  /** Read-only. Null when the server says no. */
  open(path: string): Promise<OpenFolder | null>
  /** UIDs in the open folder, rising. */
  search(query: SearchObject): Promise<number[]>
  /** Mails of the open folder by UID, in the server's order; those that are gone are left out. */
  fetch(uids: readonly number[], query: FetchQueryObject): Promise<FetchMessageObject[]>
  /** The last mails of the open folder, as many as there are. */
  fetchNewest(count: number, query: FetchQueryObject): Promise<FetchMessageObject[]>
  /** Closes the open folder and puts a mail, already read, into `path`. */
  append(path: string, bytes: Buffer): Promise<void>
}

/** The longest line, one SEARCH answer of a million mails, and the biggest mail that anybody accepts. */
const MOST_LINE_BYTES = 16 * 1024 * 1024
const MOST_LITERAL_BYTES = 128 * 1024 * 1024

/**
 * Connects, secures, signs in, runs `work` and says goodbye: one connection, used once. When `signal` aborts the connection
 * is cut and `work` fails.
 */
export async function withImapSession<T>(
  account: ImapAccount,
  signal: AbortSignal,
  work: (session: ImapSession) => Promise<T>,
): Promise<T> {
  const client = new ImapFlow(optionsOf(account))
  // What broke the connection says more than the command that broke with it.
  let broken: unknown = null
  client.on('error', (error) => {
    broken ??= error
  })
  const cut = () => client.close()
  signal.addEventListener('abort', cut, { once: true })
  try {
    if (signal.aborted) cut()
    await client.connect()
    const result = await work(sessionOf(client))
    // Only a courtesy: the answer that counts is already there.
    client.logout().catch(cut)
    return result
  } catch (error) {
    client.close()
    throw imapFailure(broken ?? error, { isStopped: signal.aborted })
  } finally {
    signal.removeEventListener('abort', cut)
  }
}

/** imapflow answers some questions on a lost connection with "nothing"; here they fail. */
function sessionOf(client: ImapFlow): ImapSession {
  const assertOpen = () => {
    if (client.isClosed || client.mailbox === false) throw connectionLost(client.byeReason)
  }
  const fetch = async (range: string, query: FetchQueryObject, uid: boolean) => {
    assertOpen()
    const found = await client.fetchAll(range, query, { uid })
    assertOpen()
    return found
  }
  return {
    async folders() {
      const listed = await client.list()
      const usable = listed.filter(({ flags }) => !flags.has('\\Noselect'))
      return usable.map(({ path, specialUse }) => ({ path, role: specialUse ?? null }))
    },
    async open(path) {
      try {
        const { uidValidity, uidNext, exists } = await client.mailboxOpen(path, { readOnly: true })
        return { path, uidValidity: String(uidValidity), uidNext: uidNext || null, exists: exists || 0 }
      } catch (error) {
        if (error instanceof Error && 'responseStatus' in error && error.responseStatus === 'NO') return null
        throw error
      }
    },
    async search(query) {
      assertOpen()
      const uids = await client.search(query, { uid: true })
      assertOpen()
      if (!Array.isArray(uids)) throw commandRefused()
      return uids
    },
    fetch: async (uids, query) => (uids.length === 0 ? [] : fetch(uids.join(','), query, true)),
    async fetchNewest(count, query) {
      assertOpen()
      const exists = client.mailbox === false ? 0 : client.mailbox.exists
      return exists > 0 ? fetch(`${Math.max(1, exists - count + 1)}:*`, query, false) : []
    },
    async append(path, bytes) {
      // A folder that is open read-only takes no flags.
      await client.mailboxClose()
      const kept = await client.append(path, bytes, ['\\Seen'])
      if (kept === false || kept === undefined) throw connectionLost(client.byeReason)
    },
  }
}

function optionsOf({ server, user, password, timeoutMs }: ImapAccount): ImapFlowOptions {
  const setupMs = setupMsOf(timeoutMs)
  return {
    ...hostOptions(server, 'IMAP'),
    // True demands it before the password; false leaves a plain connection plain.
    ...(server.security === 'tls' ? {} : { doSTARTTLS: server.security === 'starttls' }),
    auth: { user, pass: password },
    clientInfo: { name: 'Pacemail', version: false, vendor: false, 'support-url': false },
    // It would log what mails say.
    logger: false,
    // Each is used for seconds: extensions that save something on long connections only add ways to fail.
    disableAutoIdle: true,
    disableCompression: true,
    disableAutoEnable: true,
    disableIMAP4rev2: true,
    connectionTimeout: setupMs,
    greetingTimeout: setupMs,
    socketTimeout: timeoutMs,
    maxLineLength: MOST_LINE_BYTES,
    maxLiteralSize: MOST_LITERAL_BYTES,
    maxResponseSize: 2 * MOST_LITERAL_BYTES,
  }
}
