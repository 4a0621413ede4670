import { PUBLIC_ENDPOINTS } from '#electron/mailbox/endpoints'
import { createMailRoom } from '#electron/mailbox/open-provider'
import { decodeDraftRef } from '#electron/mailbox/outlook/outlook-draft-ref'
import { KEY_PROPERTY } from '#electron/mailbox/outlook/outlook-message'
import { MOODS, OPERATIONS, TOKEN_REFUSALS, type Mood, type Operation } from '#test/fakes/graph-moods'
import type { GraphStore } from '#test/fakes/graph-store'
import { startMicrosoftServer } from '#test/fakes/microsoft-server'
import { REP, type HandDeed, type PlaceChoices, type ProviderPlace } from './provider-place.ts'

/**
 * What the token endpoint answers by a mood; a refusal of Microsoft's own is `place.quirk(<name of TOKEN_REFUSALS>)`. It is
 * never silent here: MSAL waits on by the real clock when nobody else waits for it any more (microsoft-tokens.test.ts).
 */
export const MICROSOFT_TOKEN_MOODS = [
  'answers well',
  'drops before acting',
  'acts and drops',
  'shows the page of a hotel',
  'is kept away by a page with 400',
  'is kept away by a page with 401',
  'is kept away by a page with 403',
  'is not available',
  'has a bad gateway',
] as const satisfies readonly (keyof typeof MOODS)[]

/** Lists were seen to lag for seconds (providers.md §5.2); this is far more, ms. */
const LONGEST_LAG_MS = 10 * 60_000

type Writable<T> = { -readonly [K in keyof T]: T[K] }

export async function outlookPlace({ now, secretText, isAsDocumented }: PlaceChoices): Promise<ProviderPlace> {
  const server = await startMicrosoftServer({ now })
  const account = server.signInAs(REP)
  const store = server.mailbox(REP)
  store.keepsIdOnSend = isAsDocumented
  server.oauth.trust(secretText, account)
  /** Moods that were handed out, as objects of their own: `heal` makes good those that still wait. */
  const given: Writable<Mood>[] = []
  /** Those that will keep a request waiting, by operation. */
  const waiting = new Map<string, Mood[]>()
  let laggedMs = 0
  const quirks: Record<string, () => void | Promise<void>> = {
    'shows lists late': () => {
      laggedMs = 0
      store.lag()
    },
    'catches up': () => store.catchUp(),
    'sends slowly': () => void (store.isTransportQuick = false),
    'sends what was deleted': () => void (store.deletingCancels = false),
    'sends late what it holds': () => void (store.lateByMs = 15_000),
    'forgets when to send': () => void (store.keepsDeferredTime = false),
    'loses what it holds': () => store.held().forEach(({ id }) => store.purge(id)),
    'sends quickly': () => {
      store.isTransportQuick = true
      return store.deliverQueued()
    },
  }
  for (const name of Object.keys(TOKEN_REFUSALS) as (keyof typeof TOKEN_REFUSALS)[]) {
    quirks[name] = () => {
      server.oauth.refusal = name
      server.oauth.expireAccessTokens()
    }
  }

  const place: ProviderPlace = {
    kind: 'outlook',
    room: createMailRoom({ ...PUBLIC_ENDPOINTS, microsoft: server.endpoints }),
    client: server.client,
    operations: OPERATIONS,
    moodsOf: (operation) => (operation === 'token' ? MICROSOFT_TOKEN_MOODS : Object.keys(MOODS)),
    next(operation, name) {
      const known: Record<string, Mood> = MOODS
      const mood = known[name]
      if (mood === undefined) throw new Error(`Outlook has no mood "${name}"`)
      const own = { ...mood }
      given.push(own)
      server.nextMood(operation as Operation, own)
      if (own.answers === 'held') waiting.set(operation, [...(waiting.get(operation) ?? []), own])
    },
    async heal() {
      for (const mood of given.splice(0)) {
        delete mood.headers
        Object.assign(mood, MOODS['answers well'])
      }
      waiting.clear()
      server.oauth.refusal = null
      store.catchUp()
      store.isTransportQuick = true
      release()
      await server.idle()
      await store.deliverQueued()
    },
    onHeld: () => {},
    letGo() {
      release()
      return true
    },
    async quiet() {
      await server.idle()
      await store.passTime()
    },
    requests: () => server.requests.map(({ operation }) => operation),
    signIn() {
      server.oauth.refusal = null
      return secretText
    },
    expireTokens: () => server.oauth.expireAccessTokens(),
    revoke: () => void quirks['revoked']?.(),
    left: () => store.left.map(({ key, to, bytes }) => ({ key: key ?? '', to: to.join(), raw: String(bytes) })),
    draftKeys: () => draftKeysOf(store),
    hasDraft: (draftId) => draftOf(store, decodeDraftRef(draftId)?.id ?? '')?.folder === 'drafts',
    byHand: (deed, draftId) => byHand(store, deed, decodeDraftRef(draftId)?.id ?? ''),
    acceptLate: (draftId) => submitLate(store, decodeDraftRef(draftId)?.id ?? ''),
    receive: async (bytes) => void (await store.receive(bytes)),
    pass(ms) {
      laggedMs += ms
      if (laggedMs > LONGEST_LAG_MS) store.catchUp()
    },
    quirk: async (name) => quirks[name]?.(),
    quirks: Object.keys(quirks),
    [Symbol.asyncDispose]: () => server.close(),
  }
  /** Silence is told once until the next release. */
  function release(): void {
    server.release()
    void server.silence().then(() => {
      const operation = server.requests.at(-1)?.operation ?? ''
      place.onHeld(operation, waiting.get(operation)?.shift()?.acts === 'not')
    })
  }
  release()
  return place
}

function draftKeysOf(store: GraphStore): string[] {
  return store.all().flatMap((message) => {
    const key = message.properties.get(KEY_PROPERTY.toLowerCase())
    return message.isDraft && message.folder === 'drafts' && key !== undefined ? [key] : []
  })
}

function draftOf(store: GraphStore, id: string) {
  return store.all().find((message) => message.id === id && message.isDraft && !message.isSubmitted)
}

async function byHand(store: GraphStore, deed: HandDeed, id: string): Promise<boolean> {
  const draft = draftOf(store, id)
  if (draft === undefined || draft.folder !== 'drafts') return false
  if (deed === 'deletes') store.remove(id)
  if (deed.startsWith('edits')) store.change(draft, { subject: `${draft.subject} (by hand)` })
  if (deed.endsWith('sends')) await store.submit(id)
  return true
}

/** A front end that had taken the request hands it on now, whether or not the message has left meanwhile (graph-store.ts). */
async function submitLate(store: GraphStore, id: string): Promise<void> {
  if (store.all().some((message) => message.id === id && message.folder !== 'deleteditems')) await store.submit(id)
}
