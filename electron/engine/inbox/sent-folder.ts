/** The Sent folder of a mailbox, from the newest mail down, a stretch of time after the other. */
import { write } from '#db/open'
import { isOurs } from '#db/queries/incoming'
import { findSendIdByKey } from '#db/queries/sends'
import { addFound, findTouchImport, setTouchImportStage } from '#db/queries/touch-imports'
import { parseAddress } from '#shared/domain/address'
import { identityOfText } from '#shared/domain/incoming/incoming-mail'
import { AppError } from '#shared/errors'
import type { SentRecord } from '../../mailbox/mail-provider.ts'
import type { EngineContext } from '../context.ts'
import type { Erased } from '../leads/erased.ts'
import type { Mailboxes } from '../mailboxes/mailboxes.ts'
import type { Providers } from '../mailboxes/providers.ts'
import { readSentDown } from './sent-spans.ts'

export interface SentFolderDeps extends EngineContext {
  readonly mailboxes: Mailboxes
  readonly providers: Providers
  readonly erased: Erased
}

/**
 * Reads on where the last run ended, until everything is found. What a stretch holds and how far it was read are one
 * transaction: stopped at any point, nothing is lost and nothing counts twice. A failure leaves it `stopped`, and says why.
 */
export async function readSentFolder(deps: SentFolderDeps, id: number, signal: AbortSignal): Promise<void> {
  try {
    await readDown(deps, id, signal)
  } catch (error) {
    if (signal.aborted) return
    const isExpected = error instanceof AppError
    if (!isExpected) deps.log.error('the Sent folder could not be read', error, { touchImportId: id })
    const failureCode = isExpected ? error.code : 'internal'
    write(deps.db, (tx) => setTouchImportStage(tx, id, { stage: 'stopped', failureCode }))
  }
}

async function readDown(deps: SentFolderDeps, id: number, signal: AbortSignal): Promise<void> {
  const one = findTouchImport(deps.db, id)
  if (one?.mailboxId == null) throw new Error(`import ${id} reads no mailbox`)
  const mailbox = deps.mailboxes.get(one.mailboxId)
  const { reader } = await deps.providers.of(mailbox)
  if (reader === null) throw new AppError('history.not_readable', 'this mailbox cannot be read')
  const own = new Set(deps.mailboxes.list().map(({ address }) => personOf(address)))
  const span = { since: one.sinceAt, before: one.readAt }
  for await (const { since, records } of readSentDown(reader, span, signal)) {
    const contacts = contactsOf(
      records.filter((record) => !isKnown(deps, mailbox.id, record)),
      (identity) => own.has(identity) || deps.erased.has(identity),
    )
    write(deps.db, (tx) => addFound(tx, id, { mails: records.length, contacts, readAt: since }))
    deps.publish({ type: 'history.changed' })
  }
  if (!signal.aborted) write(deps.db, (tx) => setTouchImportStage(tx, id, { stage: 'found' }))
}

/** A send of this database is in the history already. Another Pacemail's is not. */
function isKnown({ db }: SentFolderDeps, mailboxId: number, { key, providerMessageId }: SentRecord): boolean {
  return isOurs(db, mailboxId, providerMessageId) || (key !== null && findSendIdByKey(db, key) !== null)
}

function contactsOf(
  records: readonly SentRecord[],
  isLeftOut: (identity: string) => boolean,
): { identity: string; at: number }[] {
  return records.flatMap(({ to, sentAt }) =>
    to.flatMap((address) => {
      const identity = identityOfText(address)
      return identity === null || isLeftOut(identity) ? [] : [{ identity, at: sentAt }]
    }),
  )
}

function personOf(address: string): string {
  const parsed = parseAddress(address)
  return parsed.ok ? parsed.address.identity : address
}
