import PostalMime from 'postal-mime'
import { expect, test } from 'vitest'
import { createGmailProvider } from '#electron/mailbox/gmail/gmail'
import { createGoogleSignIn } from '#electron/mailbox/gmail/google-sign-in'
import type { MailboxSecret } from '#electron/mailbox/sign-in'
import { startEmulatedGoogle } from '#test/support/emulated-google'
import { outgoingMail } from './outgoing-mail.ts'

/** Somebody else's Google, so that our own fake is not the only judge of the wire shapes. */
const CLIENT = { clientId: 'client.apps.googleusercontent.com', clientSecret: 'GOCSPX-emulated' }
const never = () => new AbortController().signal

test('through the emulator: sign in, draft, look, send, find it sent, read what came', async () => {
  await using google = await startEmulatedGoogle()
  const root = google.url
  const { endpoints } = google
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

/** The emulator's page is a list of accounts, each a form. */
async function pressFirstAccount(url: string): Promise<void> {
  const page = await (await fetch(url)).text()
  const action = /<form[^>]*action="([^"]+)"/.exec(page)?.[1] ?? ''
  const fields = [...page.matchAll(/<input[^>]*name="([^"]+)"[^>]*value="([^"]*)"/g)]
  const body = new URLSearchParams(fields.map(([, name = '', value = '']) => [name, value.replaceAll('&amp;', '&')]))
  await fetch(new URL(action, url), { method: 'POST', body })
}
