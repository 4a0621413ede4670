/** Which mail of another mailbox counts for a mail: to the same person, and where there is a limit, to the same company. */
import type { Reader } from '#db/open'
import { getJoinedDomains } from '#db/queries/domain-aliases'
import { listRecipients } from '#db/queries/forecast-log'
import { listMailboxes } from '#db/queries/mailboxes'
import { companyOf, personOf } from '#shared/domain/company'
import type { ChangedSend, PossibleCause } from '#shared/domain/forecast-change'

/** Asks the database only once somebody asks, and once. */
export function createSharedRecipients(
  db: Reader,
  causes: readonly PossibleCause[],
): (cause: PossibleCause, send: ChangedSend) => boolean {
  let known: Recipients | null = null
  return (cause, { sendId }) => {
    known ??= readRecipients(db, causes)
    const mine = known.keysOf.get(sendId) ?? []
    if (cause.sendId !== null) {
      const theirs = known.keysOf.get(cause.sendId) ?? []
      return mine.some((key) => theirs.includes(key))
    }
    const { mailboxesOf } = known
    return cause.leadId === null && mine.some((key) => mailboxesOf.get(key)?.has(cause.mailboxId ?? 0) === true)
  }
}

interface Recipients {
  /** The person and the company that a mail counts for. */
  readonly keysOf: ReadonlyMap<number, readonly string[]>
  readonly mailboxesOf: ReadonlyMap<string, ReadonlySet<number>>
}

function readRecipients(db: Reader, causes: readonly PossibleCause[]): Recipients {
  const joined = getJoinedDomains(db)
  const isLimited = listMailboxes(db).some(({ policy }) => policy.domainCap !== null)
  const keysOf = new Map<number, string[]>()
  const mailboxesOf = new Map<string, Set<number>>()
  const sendIds = causes.flatMap(({ sendId }) => sendId ?? [])
  for (const { sendId, mailboxId, identity } of listRecipients(db, sendIds)) {
    const company = isLimited ? companyOf(identity, joined) : null
    const keys = [personOf(identity, joined), ...(company === null ? [] : [`@${company}`])]
    keysOf.set(sendId, keys)
    for (const key of keys) {
      const mailboxes = mailboxesOf.get(key)
      if (mailboxes) mailboxes.add(mailboxId)
      else mailboxesOf.set(key, new Set([mailboxId]))
    }
  }
  return { keysOf, mailboxesOf }
}
