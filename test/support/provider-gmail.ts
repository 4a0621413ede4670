import { parseDraftId } from '#electron/mailbox/gmail/gmail-draft-id'
import { KEY_HEADER } from '#electron/mailbox/mime'
import { createMailRoom } from '#electron/mailbox/open-provider'
import { PUBLIC_ENDPOINTS } from '#electron/mailbox/endpoints'
import { headerIn, type GmailAccount } from '#test/fakes/gmail-account'
import type { Operation } from '#test/fakes/gmail-api'
import * as moods from '#test/fakes/gmail-moods'
import { COMPOSE, READONLY } from '#test/fakes/google-oauth'
import { startGoogleServer } from '#test/fakes/google-server'
import { REP, type HandDeed, type PlaceChoices, type ProviderPlace } from './provider-place.ts'

export const GMAIL_MOODS = {
  'answers well': moods.FINE,
  'is slow': moods.SLOW,
  'drops before acting': moods.DROPS_BEFORE,
  'acts and drops': moods.DROPS_AFTER,
  'acts and breaks off': moods.DROPS_IN_ANSWER,
  'is silent and does nothing': moods.SILENT,
  'acts and is silent': moods.SILENT_AFTER,
  'acts when the client has gone': moods.ACCEPTS_TOO_LATE,
  'acts and answers 503': moods.FAILS_AND_DOES_IT,
  'shows the page of a hotel': moods.STRANGER_ANSWERS,
  ...moods.STRANGER_REFUSES,
  redirects: moods.REDIRECTS,
  'does not show the sent mail yet': moods.LOOK_LAGS,
  'still shows the draft': moods.DRAFT_LINGERS,
  ...moods.REFUSES,
} as const satisfies Record<string, moods.Mood>

export const GOOGLE_TOKEN_MOODS = {
  'answers well': moods.FINE,
  'drops before acting': moods.DROPS_BEFORE,
  'acts and drops': moods.DROPS_AFTER,
  'is silent and does nothing': moods.SILENT,
  'shows the page of a hotel': moods.STRANGER_ANSWERS,
  ...moods.STRANGER_REFUSES,
  ...moods.TOKEN_REFUSES,
} as const satisfies Record<string, moods.Mood>

export const GMAIL_OPERATIONS = [
  'drafts.create',
  'drafts.send',
  'drafts.get',
  'drafts.update',
  'drafts.list',
  'drafts.delete',
  'threads.get',
  'history.list',
  'messages.get',
  'messages.list',
  'profile',
  'token',
] as const satisfies readonly Operation[]

type Writable<T> = { -readonly [K in keyof T]: T[K] }

export async function gmailPlace({ now, isAsDocumented, mayRead }: PlaceChoices): Promise<ProviderPlace> {
  const server = await startGoogleServer({ addresses: [REP], now })
  const account = server.account()
  account.dropsOwnHeaders = !isAsDocumented
  account.historyTellsLabels = isAsDocumented
  /** Moods that were handed out, as objects of their own: `heal` makes good those that still wait. */
  const given: Writable<moods.Mood>[] = []
  const waiting = new Map<string, moods.Mood[]>()
  let held: moods.Mood | null = null

  const place: ProviderPlace = {
    kind: 'gmail',
    room: createMailRoom({ ...PUBLIC_ENDPOINTS, google: server.endpoints }),
    client: server.client,
    operations: GMAIL_OPERATIONS,
    moodsOf: (operation) => Object.keys(operation === 'token' ? GOOGLE_TOKEN_MOODS : GMAIL_MOODS),
    next(operation, name) {
      const known: Record<string, moods.Mood> = operation === 'token' ? GOOGLE_TOKEN_MOODS : GMAIL_MOODS
      const mood = known[name]
      if (mood === undefined) throw new Error(`Gmail has no mood "${name}"`)
      const own = { ...mood }
      given.push(own)
      server.next(operation as Operation, own)
      if (keepsWaiting(own)) waiting.set(operation, [...(waiting.get(operation) ?? []), own])
    },
    async heal() {
      for (const mood of given.splice(0)) {
        delete mood.shows
        Object.assign(mood, moods.FINE)
      }
      waiting.clear()
      await server.late()
    },
    onHeld: () => {},
    letGo() {
      server.letGo()
      return held?.gives === 'the result when let go'
    },
    quiet: () => server.late(),
    requests: () => server.requests,
    signIn: () => server.secretFor(REP, mayRead ? [COMPOSE, READONLY] : [COMPOSE]),
    expireTokens: () => server.oauth.expireAccessTokens(),
    revoke: () => server.oauth.revokeAccount(REP),
    left: () => leftOf(account),
    draftKeys: () => [...account.drafts.values()].flatMap((id) => keyIn(account.messages.get(id)?.raw)),
    hasDraft: (draftId) => account.drafts.has(parseDraftId(draftId)?.draftId ?? ''),
    byHand: async (deed, draftId) => byHand(account, deed, parseDraftId(draftId)?.draftId ?? ''),
    acceptLate: async (draftId) => void account.sendDraft(parseDraftId(draftId)?.draftId ?? ''),
    receive: async (raw) => void account.receive({ from: '', subject: '', raw }),
    pass: () => {},
    quirk: async () => account.forgetHistory(),
    quirks: ['forgets its history'],
    [Symbol.asyncDispose]: () => server.close(),
  }
  for (const operation of GMAIL_OPERATIONS) {
    void (async () => {
      for (;;) {
        await server.held(operation)
        held = waiting.get(operation)?.shift() ?? null
        place.onHeld(operation, held?.does === 'nothing')
      }
    })()
  }
  return place
}

function keepsWaiting({ does, gives }: moods.Mood): boolean {
  return does === 'it once the client has gone' || gives === 'nothing' || gives === 'the result when let go'
}

/** Gmail may have dropped our header on the way out; the draft that it was sent from still had it. */
function leftOf(account: GmailAccount): { key: string; to: string; raw: string }[] {
  const keys = new Map([...account.consumed.values()].map((draft) => [draft.threadId, keyIn(draft.raw)[0] ?? '']))
  return account.left.map(({ threadId, to, raw }) => ({
    key: keys.get(threadId) ?? '',
    to: to.join(),
    raw: String(raw),
  }))
}

function keyIn(raw: Buffer | undefined): string[] {
  const key = raw === undefined ? '' : headerIn(raw, KEY_HEADER)
  return key === '' ? [] : [key]
}

function byHand(account: GmailAccount, deed: HandDeed, id: string): boolean {
  if (!account.drafts.has(id)) return false
  switch (deed) {
    case 'deletes':
      return account.deleteDraft(id)
    case 'sends':
      return account.sendDraft(id) !== null
    case 'edits':
      return account.editDraftByHand(id, (raw) => raw) !== ''
    case 'edits and sends':
      return account.sendDraft(account.editDraftByHand(id, (raw) => raw)) !== null
  }
}
