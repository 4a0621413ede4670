import { describe, expect, test } from 'vitest'
import { ApiError } from '../../renderer/api/api-error.ts'
import { createClient } from '../../renderer/api/client.ts'
import { scriptedTransport } from './scripted-transport.ts'

describe('the page’s client', () => {
  test('a call made before the host greets is sent when it does', async () => {
    const host = scriptedTransport()
    const client = createClient(host)
    const status = client.call('app.status', {})
    expect(host.calls).toEqual([])

    host.hello()
    expect(host.calls).toEqual([{ type: 'call', id: 1, path: 'app.status', input: {} }])
    host.answer(host.calls[0], 'the status')
    expect(await status).toBe('the status')
  })

  test('answers find their calls in any order', async () => {
    const host = scriptedTransport()
    const client = createClient(host)
    host.hello()
    const first = client.call('leads.facets', {})
    const second = client.call('mailboxes.list', {})
    host.answer(host.calls[1], 'mailboxes')
    host.answer(host.calls[0], 'facets')
    expect(await Promise.all([first, second])).toEqual(['facets', 'mailboxes'])
  })

  test('a failure arrives with its code, details and reference', async () => {
    const host = scriptedTransport()
    const client = createClient(host)
    host.hello()
    const call = client.call('mailboxes.remove', { mailboxId: 1 })
    host.fail(host.calls[0], { code: 'mailbox.in_use', details: { waiting: 3 }, ref: null })
    await expect(call).rejects.toEqual(new ApiError({ code: 'mailbox.in_use', details: { waiting: 3 }, ref: null }))
  })

  test('a call whose line is lost fails and is never sent again', async () => {
    const host = scriptedTransport()
    const client = createClient(host)
    host.hello()
    const call = client.call('app.pause', {})
    host.become('lost')
    await expect(call).rejects.toMatchObject({ code: 'app.disconnected' })

    host.hello(4)
    expect(host.calls).toHaveLength(1)
  })

  test('while the line is lost nothing is taken for later', async () => {
    const host = scriptedTransport()
    const client = createClient(host)
    host.hello()
    host.become('lost')
    await expect(client.call('app.pause', {})).rejects.toMatchObject({ code: 'app.disconnected' })
  })

  test.each([
    ['facts in step', [1, 2, 3], 0],
    ['a missing fact', [1, 3], 1],
    ['a fact that comes twice', [1, 1], 1],
  ])('%s: the gap is noticed', (_, seqs, gaps) => {
    const host = scriptedTransport()
    const client = createClient(host)
    let seen = 0
    client.onGap(() => (seen += 1))
    host.hello(0)
    for (const seq of seqs) host.push(seq, { type: 'leads.changed' })
    expect(seen).toBe(gaps)
  })

  test('a second greeting counts as a gap, the first does not', () => {
    const host = scriptedTransport()
    const client = createClient(host)
    let seen = 0
    client.onGap(() => (seen += 1))
    host.hello(7)
    expect(seen).toBe(0)
    host.hello(7)
    expect(seen).toBe(1)
  })
})
