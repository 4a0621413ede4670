import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { createEmulator } from 'emulate'
import type { Endpoints } from '#electron/mailbox/endpoints'

export interface EmulatedGoogle extends AsyncDisposable {
  readonly url: string
  readonly endpoints: Endpoints['google']
  /** To whom mail left, by the emulator's own Sent; asked with the token that came last. */
  sentTo(): Promise<string[]>
  /** How many drafts there are. */
  drafts(): Promise<number>
  /** A mail comes in. */
  receive(raw: Buffer): Promise<void>
}

/**
 * Google as somebody else plays it (npm: emulate). It lacks `users.getProfile`, which a small server before it answers, and it
 * keeps no headers of ours: what was sent is found without them. Everything else is the emulator's own.
 */
export async function startEmulatedGoogle(): Promise<EmulatedGoogle> {
  const google = await createEmulator({
    service: 'google',
    port: 0,
    seed: { google: { users: [{ email: 'rita@pacemail.example', name: 'Rita Repp' }] } },
  })
  const front = await startFront(google.url.replace('localhost', '127.0.0.1'))
  const { url } = front
  const ask = async (path: string, body?: object) => {
    const headers = { authorization: front.token(), 'content-type': 'application/json' }
    const sent = body === undefined ? { headers } : { method: 'POST', headers, body: JSON.stringify(body) }
    return (await (await fetch(`${url}/gmail/v1/users/me/${path}`, sent)).json()) as Asked
  }
  const headerOf = async (id: string, name: string) => {
    const { payload } = await ask(`messages/${id}?format=metadata&metadataHeaders=${name}`)
    return payload?.headers.find((header) => header.name.toLowerCase() === name.toLowerCase())?.value ?? ''
  }
  return {
    url,
    sentTo: async () => {
      const { messages = [] } = await ask('messages?labelIds=SENT&maxResults=100')
      return Promise.all(messages.map(({ id }) => headerOf(id, 'To')))
    },
    drafts: async () => (await ask('drafts')).drafts?.length ?? 0,
    receive: async (raw) => {
      await ask('messages/import', { raw: raw.toString('base64url'), labelIds: ['INBOX'] })
    },
    endpoints: { authorizeUrl: `${url}/o/oauth2/v2/auth`, tokenUrl: `${url}/oauth2/token`, gmailUrl: url },
    async [Symbol.asyncDispose]() {
      await front[Symbol.asyncDispose]()
      await google.close()
    },
  }
}

interface Asked {
  readonly messages?: readonly { readonly id: string }[]
  readonly drafts?: readonly object[]
  readonly payload?: { readonly headers: readonly { readonly name: string; readonly value: string }[] }
}

async function startFront(behind: string) {
  let token = ''
  const server = createServer((request, response) => {
    token = request.headers.authorization ?? token
    void pass(behind, request).then(async (answer) => {
      response.writeHead(answer.status, Object.fromEntries(answer.headers))
      response.end(Buffer.from(await answer.arrayBuffer()))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    token: () => token,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

async function pass(behind: string, request: IncomingMessage): Promise<Response> {
  const { url = '', method = 'GET' } = request
  if (url.startsWith('/gmail/v1/users/me/profile')) {
    return Response.json({ emailAddress: 'rita@pacemail.example', historyId: '1' })
  }
  const body = method === 'GET' || method === 'HEAD' ? null : await buffer(request)
  const kept = ['authorization', 'content-type'].flatMap((name) => {
    const value = request.headers[name]
    return typeof value === 'string' ? [[name, value] as [string, string]] : []
  })
  const answer = await fetch(behind + url, {
    method,
    body: body && new Uint8Array(body),
    headers: kept,
    redirect: 'manual',
  })
  const plain = new Headers(answer.headers)
  for (const name of ['content-encoding', 'content-length', 'transfer-encoding']) plain.delete(name)
  return new Response(await answer.arrayBuffer(), { status: answer.status, headers: plain })
}
