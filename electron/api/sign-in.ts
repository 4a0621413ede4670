import type { PacemailHandlers } from '#shared/contract/index'
import type { OAuthClients } from '../engine/mailboxes/oauth-clients.ts'
import type { SignIns } from '../engine/mailboxes/sign-ins.ts'

export function createSignInApi(signIns: SignIns, clients: OAuthClients): PacemailHandlers['signIn'] {
  return {
    begin: (order) => signIns.begin(order),
    get: ({ signInId }) => signIns.get(signInId),
    cancel({ signInId }) {
      signIns.cancel(signInId)
      return {}
    },
    clients: () => clients.views(),
    async saveClient(client) {
      await clients.save(client)
      return clients.views()
    },
  }
}
