import { describe, expect, test } from 'vitest'
import { createGraphTurns, inTurn, MOST_REQUESTS } from '#electron/mailbox/outlook/graph-turns'
import { createOutlookProvider } from '#electron/mailbox/outlook/outlook'
import { createMailRoom } from '#electron/mailbox/open-provider'
import { PUBLIC_ENDPOINTS } from '#electron/mailbox/endpoints'
import { outgoingMail } from '#test/mailbox/outgoing-mail'
import { memorySecret, outlookPlace, signedInSecret } from '#test/mailbox/outlook-place'
import { startMicrosoftServer } from '#test/fakes/microsoft-server'

const never = () => new AbortController().signal
/** Lets everything that can go on go on. */
const settle = () => new Promise((resolve) => setImmediate(resolve))

/** Requests that begin when it is their turn, and end when the test says so. */
function askMany(turns = createGraphTurns()) {
  const begun: string[] = []
  const ends = new Map<string, () => void>()
  const ask = (name: string, signal = never()) =>
    inTurn(
      turns,
      async () => {
        begun.push(name)
        await new Promise<void>((resolve) => ends.set(name, resolve))
        return name
      },
      signal,
    )
  return { ask, begun, end: (name: string) => ends.get(name)?.() }
}

describe('requests to Graph', () => {
  test('are three at a time, and the next begins in the order of asking when one has ended', async () => {
    const { ask, begun, end } = askMany()
    const all = ['a', 'b', 'c', 'd', 'e'].map((name) => ask(name))
    await settle()
    expect(begun).toEqual(['a', 'b', 'c'])
    end('b')
    await settle()
    expect(begun).toEqual(['a', 'b', 'c', 'd'])
    for (const name of ['a', 'c', 'd']) end(name)
    await settle()
    end('e')
    expect(await Promise.all(all)).toEqual(['a', 'b', 'c', 'd', 'e'])
  })

  test('that are stopped while they wait are never asked, and say so', async () => {
    const { ask, begun, end } = askMany()
    const first = ['a', 'b', 'c'].map((name) => ask(name))
    const stop = new AbortController()
    const waiting = ask('d', stop.signal)
    stop.abort()
    await expect(waiting).rejects.toMatchObject({ code: 'mail.unreachable', details: { reason: 'stopped' } })
    await expect(ask('e', stop.signal)).rejects.toMatchObject({ details: { reason: 'stopped' } })
    for (const name of ['a', 'b', 'c']) end(name)
    await Promise.all(first)
    expect(begun).toEqual(['a', 'b', 'c'])
  })

  test('that are stopped on their way keep their turn until they have ended', async () => {
    const { ask, begun, end } = askMany()
    const stop = new AbortController()
    const all = [ask('a', stop.signal), ask('b'), ask('c'), ask('d')]
    await settle()
    stop.abort()
    await settle()
    expect(begun).toEqual(['a', 'b', 'c'])
    for (const name of ['a', 'b', 'c']) end(name)
    await settle()
    end('d')
    expect(await Promise.all(all)).toEqual(['a', 'b', 'c', 'd'])
  })

  test('of all mailboxes of a process are never more than three at once', async () => {
    await using server = await startMicrosoftServer()
    const secretText = await signedInSecret()
    const room = createMailRoom({ ...PUBLIC_ENDPOINTS, microsoft: server.endpoints })
    const addresses = ['rita@pacemail.example', 'rob@pacemail.example', 'ria@pacemail.example', 'rex@pacemail.example']
    server.oauth.trust(secretText, server.signInAs('rita@pacemail.example'))
    const mailboxes = await Promise.all(
      addresses.map((address) =>
        room.open(
          { kind: 'outlook', address, smtp: null, imap: null, mayRead: true },
          { practiceFolder: '', password: null, secret: memorySecret(secretText), client: server.client },
        ),
      ),
    )
    server.setMood('me', 'acts and is silent')
    const checks = mailboxes.map((mailbox) => mailbox.check(never()))
    await server.silence(MOST_REQUESTS)
    // A request of somebody else, which comes after all that could have been made by now.
    await fetch(`${server.endpoints.graphUrl}/me/mailFolders/inbox`)
    server.setMood('me', 'answers well')
    server.release()
    await Promise.all(checks)

    expect(server.requests.filter(({ line }) => line === 'GET /me')).toHaveLength(mailboxes.length)
    expect(server.mostAtOnce - 1).toBeLessThanOrEqual(MOST_REQUESTS)
  })

  test('ask whether a mail may leave only when it is their turn', async () => {
    await using place = await outlookPlace({ secretText: await signedInSecret() })
    const turns = createGraphTurns()
    const { client, endpoints } = place.server
    const mailbox = createOutlookProvider({ client, secret: place.secret, endpoints, timeoutMs: 60_000, turns })
    const { draftId } = await mailbox.createDraft(outgoingMail(), never())
    const { ask, end } = askMany(turns)
    const asked: string[] = []
    const sent = mailbox.sendDraft(
      draftId,
      outgoingMail(),
      () => {
        asked.push('may it leave?')
        return false
      },
      never(),
    )
    const others = ['a', 'b', 'c'].map((name) => ask(name))
    await place.server.idle()
    await settle()
    expect(asked).toEqual([])
    for (const name of ['a', 'b', 'c']) end(name)
    await expect(sent).rejects.toMatchObject({ details: { reason: 'stopped' } })
    expect(asked).toHaveLength(1)
    await Promise.all(others)
    expect(place.store.left).toEqual([])
  })
})
