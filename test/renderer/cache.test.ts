import { QueryObserver } from '@tanstack/react-query'
import { describe, expect, test } from 'vitest'
import type { PushedEvent } from '#shared/contract/events'
import { connectCache, REFETCH_MS } from '../../renderer/api/cache.ts'
import { createClient } from '../../renderer/api/client.ts'
import { createQueryClient } from '../../renderer/api/query-client.ts'
import { manualTimers } from './manual-timers.ts'
import { scriptedTransport } from './scripted-transport.ts'

/** A page that shows one answer of each given path, and counts how often it asks. */
async function shownPage(...paths: string[]) {
  const host = scriptedTransport()
  const client = createClient(host)
  const cache = createQueryClient()
  const timers = manualTimers()
  const stop = connectCache(client, cache, timers)
  const asked: string[] = []
  for (const path of paths) {
    const observer = new QueryObserver(cache, {
      queryKey: [path, {}],
      queryFn: () => {
        asked.push(path)
        return Promise.resolve(path)
      },
    })
    observer.subscribe(() => {})
  }
  host.hello(0)
  await settled()
  asked.length = 0
  let seq = 0
  const push = async (event: PushedEvent) => {
    seq += 1
    host.push(seq, event)
    await settled()
  }
  return { host, cache, timers, asked, push, stop }
}

const MOVED: PushedEvent = { type: 'sends.moved', sendId: 1, campaignId: 1, leadId: 1, status: 'sent' }

describe('the cache', () => {
  test('a fact makes the answers of its areas be asked again, and no others', async () => {
    const page = await shownPage('templates.list', 'mailboxes.list', 'suppressions.list', 'app.status')
    await page.push({ type: 'mailboxes.changed' })
    expect(page.asked.toSorted()).toEqual(['app.status', 'mailboxes.list'])
  })

  test('a missed fact makes everything be asked again', async () => {
    const page = await shownPage('templates.list', 'mailboxes.list')
    page.host.push(5, { type: 'leads.changed' })
    await settled()
    expect(page.asked).toContain('mailboxes.list')
    expect(page.asked).toContain('templates.list')
  })

  test('a new connection makes everything be asked again', async () => {
    const page = await shownPage('templates.list', 'mailboxes.list')
    page.host.become('lost')
    page.host.hello(0)
    await settled()
    expect(page.asked.toSorted()).toEqual(['mailboxes.list', 'templates.list'])
  })

  test('a burst of facts is answered at once and then twice a second', async () => {
    const page = await shownPage('sends.list')
    for (let sends = 0; sends < 100; sends += 1) await page.push(MOVED)
    expect(page.asked).toHaveLength(1)
    expect(page.timers.pending).toEqual([REFETCH_MS])
    expect(REFETCH_MS).toBeGreaterThanOrEqual(500)

    page.timers.runNext()
    await settled()
    expect(page.asked).toHaveLength(2)
  })

  test('the last fact of a burst is never left unanswered', async () => {
    const page = await shownPage('sends.list')
    await page.push(MOVED)
    await page.push(MOVED)
    page.timers.runNext()
    await settled()
    expect(page.asked).toHaveLength(2)

    page.timers.runNext()
    expect(page.timers.pending).toEqual([])
    await page.push(MOVED)
    expect(page.asked).toHaveLength(3)
  })

  test('an import’s progress is shown without another question', async () => {
    const page = await shownPage()
    const state = { importId: 'i1', stage: 'checking' } as unknown as Extract<
      PushedEvent,
      { type: 'imports.moved' }
    >['state']
    await page.push({ type: 'imports.moved', state })
    expect(page.cache.getQueryData(['imports.get', { importId: 'i1' }])).toEqual(state)
    expect(page.asked).toEqual([])
  })

  test('the end of a sign-in is shown without another question', async () => {
    const page = await shownPage('mailboxes.list')
    const state = { signInId: 's1', stage: 'done' } as unknown as Extract<
      PushedEvent,
      { type: 'sign_in.moved' }
    >['state']
    await page.push({ type: 'sign_in.moved', state })
    expect(page.cache.getQueryData(['signIn.get', { signInId: 's1' }])).toEqual(state)
    expect(page.asked).toEqual([])
  })

  test('what came back is asked for again wherever it shows', async () => {
    const page = await shownPage('incoming.list', 'sends.list', 'leads.list', 'suppressions.list', 'templates.list')
    await page.push({ type: 'incoming.changed' })
    expect(page.asked.toSorted()).toEqual(['incoming.list', 'leads.list', 'sends.list', 'suppressions.list'])
  })

  test('nothing is asked after it was told to stop', async () => {
    const page = await shownPage('sends.list')
    await page.push(MOVED)
    page.stop()
    await page.push(MOVED)
    expect(page.asked).toHaveLength(1)
    expect(page.timers.pending).toEqual([])
  })
})

/** Lets every promise that is ready run. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve()
}
