import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { createEmulator } from 'emulate'
import PostalMime from 'postal-mime'
import { expect, test } from 'vitest'
import { createGmailProvider } from '#electron/mailbox/gmail/gmail'
import { createGoogleSignIn } from '#electron/mailbox/gmail/google-sign-in'
import type { MailboxSecret } from '#electron/mailbox/sign-in'
import { outgoingMail } from './outgoing-mail.ts'

/**
 * Somebody else's Google, so that our own fake is not the only judge of the wire shapes. It lacks `users.getProfile`, which
 * a small server before it answers, and it keeps no headers of ours: what was sent is found without them. Everything else is
 * the emulator's own.
 */
const CLIENT = { clientId: 'client.apps.googleusercontent.com', clientSecret: 'GOCSPX-emulated' }
const never = () => new AbortController().signal

test('through the emulator: sign in, draft, look, send, find it sent, read what came', async () => {
  const google = await createEmulator({
    service: 'google',
    port: 0,
    seed: {
      google: {
        users: [{ email: 'rita@pacemail.example', name: 'Rita Repp' }],
      },
    },
  })
  try {
    await using front = await startFront(google.url.replace('localhost', '127.0.0.1'))
    const root = front.url
    const endpoints = {
      authorizeUrl: `${root}/o/oauth2/v2/auth`,
      tokenUrl: `${root}/oauth2/token`,
      gmailUrl: root,
    }
    const signIn = createGoogleSignIn(endpoints)
    const signedIn = await signIn(
      { client: CLIENT, address: null, showPage: (url) => void pressFirstAccount(url) },
      never(),
    )
    expect(signedIn).toMatchObject({ address: 'rita@pacemail.example', mayRead: true })

    let stored = signedIn.secret
    const secret: MailboxSecret = { read: async () => stored, write: async (text) => void (stored = text) }
    const mailbox = createGmailProvider({ client: CLIENT, secret, endpoints, mayRead: true, timeoutMs: 20_000 })
    await mailbox.check(never())
    const mail = outgoingMail({ from: { name: 'Rita Repp', address: 'rita@pacemail.example' } })

    const { draftId } = await mailbox.createDraft(mail, never())
    expect(await mailbox.findDraft(mail.key, draftId, never())).toMatchObject({ fate: 'draft' })
    const sent = await mailbox.sendDraft(draftId, mail, () => true, never())
    expect(await mailbox.findDraft(mail.key, draftId, never())).toMatchObject({
      fate: 'sent',
      providerMessageId: sent.providerMessageId,
    })

    // Its search does not know `-in:sent`, so what arrives is read through the history.
    const before = await mailbox.reader!.changesSince({ cursor: null, since: 0 }, never())
    await arrive(root, stored)
    const page = await mailbox.reader!.changesSince({ cursor: before.cursor, since: 0 }, never())
    const answer = page.heads.find((head) => head.from === 'ann@corp.example')
    expect(answer?.subject).toBe('Re: A question about your depot')
    const bytes = await mailbox.reader!.readMail(answer!.providerMessageId, 10_000, never())
    expect((await PostalMime.parse(bytes!)).text?.trim()).toBe('Yes, call me.')
  } finally {
    await google.close()
  }
})

async function arrive(root: string, secret: string): Promise<void> {
  const token = /"accessToken":"([^"]+)"|"access_token":"([^"]+)"/.exec(secret)
  const mail = [
    'From: <ann@corp.example>',
    'To: <rita@pacemail.example>',
    'Subject: Re: A question about your depot',
    'Content-Type: text/plain',
    '',
    'Yes, call me.',
  ]
  await fetch(`${root}/gmail/v1/users/me/messages/import`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token?.[1] ?? token?.[2]}`, 'content-type': 'application/json' },
    body: JSON.stringify({ raw: Buffer.from(mail.join('\r\n')).toString('base64url'), labelIds: ['INBOX'] }),
  })
}

async function startFront(behind: string) {
  const server = createServer((request, response) => {
    void pass(behind, request).then(async (answer) => {
      response.writeHead(answer.status, Object.fromEntries(answer.headers))
      response.end(Buffer.from(await answer.arrayBuffer()))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
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

/** The emulator's page is a list of accounts, each a form. */
async function pressFirstAccount(url: string): Promise<void> {
  const page = await (await fetch(url)).text()
  const action = /<form[^>]*action="([^"]+)"/.exec(page)?.[1] ?? ''
  const fields = [...page.matchAll(/<input[^>]*name="([^"]+)"[^>]*value="([^"]*)"/g)]
  const body = new URLSearchParams(fields.map(([, name = '', value = '']) => [name, value.replaceAll('&amp;', '&')]))
  await fetch(new URL(action, url), { method: 'POST', body })
}
