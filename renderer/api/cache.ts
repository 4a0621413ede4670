import type { QueryClient } from '@tanstack/react-query'
import type { PushedEvent } from '#shared/contract/events'
import type { PacemailContract } from '#shared/contract/index'
import type { ApiClient } from './client.ts'
import type { Timers } from './timers.ts'

type Area = keyof PacemailContract

/** The answers that a fact makes old, by area. */
const OUTDATED = {
  'app.changed': ['app', 'sends', 'campaigns', 'mailboxes', 'readiness', 'dispatch', 'activity'],
  'sends.moved': ['app', 'sends', 'campaigns', 'mailboxes', 'leads', 'activity', 'insights', 'digest', 'history'],
  'sends.changed': [
    'app',
    'sends',
    'campaigns',
    'mailboxes',
    'readiness',
    'leads',
    'dispatch',
    'activity',
    'insights',
    'digest',
    'history',
  ],
  'campaigns.changed': ['campaigns', 'sends', 'activity'],
  'leads.changed': ['app', 'leads', 'dispatch', 'templates', 'snippets', 'activity', 'history'],
  'templates.changed': ['templates', 'snippets', 'dispatch', 'activity'],
  'mailboxes.changed': ['app', 'mailboxes', 'readiness', 'sends', 'dispatch', 'activity', 'insights', 'digest'],
  'suppressions.changed': ['suppressions', 'aliases', 'leads', 'sends', 'dispatch', 'activity'],
  'history.changed': ['history', 'activity'],
  'incoming.changed': [
    'incoming',
    'sends',
    'campaigns',
    'mailboxes',
    'readiness',
    'leads',
    'dispatch',
    'suppressions',
    'activity',
    'insights',
    'digest',
  ],
  'reports.changed': ['reports'],
  'notices.due': ['notices'],
  'sign_in.moved': [],
  'imports.moved': [],
  'pipeline.moved': ['pipeline'],
} satisfies Record<PushedEvent['type'], readonly Area[]>

/** The shortest time between two rounds of asking again, however fast the facts come. */
export const REFETCH_MS = 500

/** Keeps the cache honest: facts make answers old, a gap makes all of them old. Returns how to stop. */
export function connectCache(client: ApiClient, cache: QueryClient, timers: Timers): () => void {
  const old = new Set<string>()
  let isResting = false
  let forgetTimer = () => {}

  function flush(): void {
    isResting = old.size > 0
    if (!isResting) return
    const areas = new Set(old)
    old.clear()
    void cache.invalidateQueries({ predicate: ({ queryKey }) => areas.has(areaOf(queryKey[0])) })
    forgetTimer = timers.after(REFETCH_MS, flush)
  }

  const stopEvents = client.onEvent((event) => {
    if (event.type === 'imports.moved') {
      cache.setQueryData(['imports.get', { importId: event.state.importId }], event.state)
    }
    if (event.type === 'pipeline.moved') {
      cache.setQueryData(['pipeline.get', { runId: event.state.runId }], event.state)
    }
    if (event.type === 'sign_in.moved') {
      cache.setQueryData(['signIn.get', { signInId: event.state.signInId }], event.state)
    }
    for (const area of OUTDATED[event.type]) old.add(area)
    if (!isResting) flush()
  })
  const stopGaps = client.onGap(() => void cache.invalidateQueries())

  return () => {
    stopEvents()
    stopGaps()
    forgetTimer()
  }
}

/** `leads.list` → `leads`. */
export function areaOf(path: unknown): string {
  return typeof path === 'string' ? (path.split('.')[0] ?? '') : ''
}
