/** Every address under which a rep writes from one mailbox: their own mail is no answer, and they are nobody's lead. */
import { type MailboxRecord, updateMailbox } from '#db/queries/mailboxes'
import { write } from '#db/open'
import { identityOfText } from '#shared/domain/incoming/incoming-mail'
import type { MailProvider } from '../../mailbox/mail-provider.ts'
import type { EngineContext } from '../context.ts'

type Addresses = Pick<MailboxRecord, 'address' | 'ownAddresses' | 'foundAddresses'>

/** The mailbox's own address, those that its provider told, and those that the rep added. */
export function ownAddressesOf({ address, ownAddresses, foundAddresses }: Addresses): readonly string[] {
  return [address, ...foundAddresses, ...ownAddresses]
}

/** By identity: see `Address.identity`. */
export function ownIdentitiesOf(mailbox: Addresses): ReadonlySet<string> {
  return new Set(ownAddressesOf(mailbox).map((address) => identityOfText(address) ?? address.toLowerCase()))
}

/** More than any rep has; a provider that tells more is not believed. */
const MOST = 100

/**
 * Asks the provider for the other addresses of the account. That it does not tell (no permission, no such list) changes
 * nothing: what was known stays. Never fails, and no mailbox rests because of it.
 */
export async function learnOwnAddresses(
  deps: Pick<EngineContext, 'db' | 'log'>,
  { mailbox, provider, signal }: { mailbox: MailboxRecord; provider: MailProvider; signal: AbortSignal },
): Promise<void> {
  let told: readonly string[]
  try {
    told = await provider.ownAddresses(signal)
  } catch (error) {
    deps.log.info('the provider did not tell the other addresses of a mailbox', {
      mailboxId: mailbox.id,
      reason: error instanceof Error ? error.name : 'unknown',
    })
    return
  }
  const own = identityOfText(mailbox.address)
  const others = told.map((address) => address.toLowerCase()).filter((address) => isOther(address, own))
  const foundAddresses = [...new Set(others)].sort().slice(0, MOST)
  if (foundAddresses.join() === mailbox.foundAddresses.join()) return
  write(deps.db, (tx) => updateMailbox(tx, mailbox.id, { foundAddresses }))
}

function isOther(address: string, own: string | null): boolean {
  const identity = identityOfText(address)
  return identity !== null && identity !== own
}
