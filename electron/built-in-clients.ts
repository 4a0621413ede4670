import type { BuiltInClients } from './engine/mailboxes/oauth-clients.ts'

/**
 * The app as Google and Microsoft know it, named when it is built (docs/providers.md). Run from its sources it takes them
 * from the environment. A desktop client's secret is not secret (RFC 8252 §8.5).
 */
export const builtInClients: BuiltInClients = {
  gmail: client(process.env['PACEMAIL_GOOGLE_CLIENT_ID'], process.env['PACEMAIL_GOOGLE_CLIENT_SECRET']),
  outlook: client(process.env['PACEMAIL_MICROSOFT_CLIENT_ID'], undefined),
}

function client(clientId = '', clientSecret = ''): BuiltInClients['gmail'] {
  return clientId === '' ? null : { clientId, clientSecret: clientSecret === '' ? null : clientSecret }
}
