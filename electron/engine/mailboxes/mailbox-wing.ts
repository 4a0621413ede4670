/** Everything about the accounts to send from, put together: they need each other and little else. */
import { type Accounts, createAccounts } from './accounts.ts'
import { createMailboxes, type Mailboxes, type MailboxesDeps } from './mailboxes.ts'
import { createOAuthClients, type OAuthClients, type OAuthClientsDeps } from './oauth-clients.ts'
import { createProviders, type Providers } from './providers.ts'
import { createSignIns, type SignIns } from './sign-ins.ts'

export interface MailboxWing {
  readonly accounts: Accounts
  readonly clients: OAuthClients
  readonly mailboxes: Mailboxes
  readonly providers: Providers
  readonly signIns: SignIns
  /** A mailbox cannot be used for now: it rests, or asks for the rep; an open adapter is void then. */
  readonly troubled: Mailboxes['troubled']
}

export function createMailboxWing(deps: MailboxesDeps & OAuthClientsDeps): MailboxWing {
  const mailboxes = createMailboxes(deps)
  mailboxes.reload()
  const clients = createOAuthClients(deps)
  const accounts = createAccounts({ ...deps, mailboxes, clients, forget: (mailboxId) => providers.forget(mailboxId) })
  const providers = createProviders((mailbox) => accounts.open(mailbox))
  return {
    accounts,
    clients,
    mailboxes,
    providers,
    signIns: createSignIns({ ...deps, accounts, clients, mailboxes }),
    troubled(mailboxId, trouble, at) {
      if (trouble.type === 'needs') providers.forget(mailboxId)
      mailboxes.troubled(mailboxId, trouble, at)
    },
  }
}
