import { describe, expect, test } from 'vitest'
import type { MailProvider } from '#electron/mailbox/mail-provider'
import { AppError } from '#shared/errors'
import * as moods from '#test/fakes/gmail-moods'
import { REFUSES, TOKEN_REFUSES, type Mood } from '#test/fakes/gmail-moods'
import { startGoogleServer, type GoogleServer } from '#test/fakes/google-server'
import { openGmail } from '#test/mailbox/gmail-place'
import { outgoingMail } from '#test/mailbox/outgoing-mail'

/** Every mood at every step, through a real socket: what is reported, what really left, and what a look finds afterwards. */
interface Row {
  readonly mood: Mood
  /** What a draft and a look-up say; null where they succeed. */
  readonly ask: string | null
  /** What the send says; null where it succeeds. */
  readonly send: string | null
  /** Did the mail leave? */
  readonly leaves: boolean
  /** Is the server silent, so that only our own patience ends it? */
  readonly isSilent?: true
}

const refused = 'mail.refused message final'
const rests = 'mail.refused mailbox later'
const needs = 'mail.refused mailbox final'

/** A refusal that says surely that nothing was sent. */
function sure(mood: Mood, failure: string): Row {
  return { mood, ask: failure, send: failure, leaves: false }
}

/** An error after which nobody knows whether the mail left; here it did not. */
function unsure(mood: Mood, ask: string): Row {
  return { mood, ask, send: 'mail.unanswered', leaves: false }
}

const ROWS: Record<string, Row> = {
  'all is well': { mood: moods.FINE, ask: null, send: null, leaves: true },
  'the connection breaks on the way there': unsure(moods.DROPS_BEFORE, 'mail.unreachable no_connection'),
  'the connection breaks on the way back': {
    ...unsure(moods.DROPS_AFTER, 'mail.unreachable no_connection'),
    leaves: true,
  },
  'the answer breaks off': { ...unsure(moods.DROPS_IN_ANSWER, 'mail.unreachable no_connection'), leaves: true },
  'no answer, nothing done': { ...unsure(moods.SILENT, 'mail.unreachable timeout'), isSilent: true },
  'no answer, and done': { ...unsure(moods.SILENT_AFTER, 'mail.unreachable timeout'), leaves: true, isSilent: true },
  'done when we have long gone': {
    ...unsure(moods.ACCEPTS_TOO_LATE, 'mail.unreachable timeout'),
    leaves: true,
    isSilent: true,
  },
  'an error, and done': { ...unsure(moods.FAILS_AND_DOES_IT, rests), leaves: true },
  'a page in between with 400': unsure(moods.STRANGER_REFUSES.pageWith400, 'mail.unreachable no_connection'),
  'a page in between with 403': unsure(moods.STRANGER_REFUSES.pageWith403, 'mail.unreachable no_connection'),
  'a page in between with 404': unsure(moods.STRANGER_REFUSES.pageWith404, 'mail.unreachable no_connection'),
  'a redirect': unsure(moods.REDIRECTS, 'mail.unreachable no_connection'),
  '400 badRequest': sure(REFUSES.badRequest, refused),
  '400 Invalid To': sure(REFUSES.invalidTo, refused),
  '400 no recipient': sure(REFUSES.noRecipient, refused),
  '400 no Gmail': sure(REFUSES.noMailService, `${needs} no_mailbox`),
  '400 precondition': sure(REFUSES.precondition, `${needs} no_mailbox`),
  '403 daily limit of the project': sure(REFUSES.dailyLimit, `${rests} until the window rolls`),
  '403 user rate': sure(REFUSES.userRate, rests),
  '403 rate': sure(REFUSES.rate, rests),
  '403 quota': sure(REFUSES.quota, rests),
  '403 domain policy': sure(REFUSES.domainPolicy, `${needs} admin`),
  '403 permissions': sure(REFUSES.permissions, `${needs} permission`),
  '403 scope': sure(REFUSES.scope, `${needs} permission`),
  '403 not configured': sure(REFUSES.notConfigured, `${needs} configuration`),
  '403 disabled': sure(REFUSES.disabled, `${needs} configuration`),
  '403 delegation': sure(REFUSES.delegation, `${needs} configuration`),
  '403 forbidden': sure(REFUSES.forbidden, rests),
  '408': unsure(REFUSES.timeout, 'mail.unreachable timeout'),
  '409': unsure(REFUSES.conflict, rests),
  '413': sure(REFUSES.tooLarge, refused),
  '415': sure(REFUSES.unsupported, refused),
  '429 at once': sure(REFUSES.concurrent, rests),
  '429 without a time': sure(REFUSES.tooMany, rests),
  '429 with a Retry-After': sure(REFUSES.tooManyRetryAfter, `${rests} 90000 ms`),
  '429 for ten minutes': sure(REFUSES.tooManyFor10Minutes, `${rests} 599000 ms`),
  '429 until tomorrow': {
    mood: REFUSES.limitReached,
    ask: `${rests} 32399000 ms`,
    send: `${rests} until the window rolls`,
    leaves: false,
  },
  '500': unsure(REFUSES.internal, rests),
  '502': unsure(REFUSES.badGateway, rests),
  '503': unsure(REFUSES.unavailable, rests),
  '504': unsure(REFUSES.gatewayTimeout, rests),
}

const MAIL = outgoingMail()
const go = () => true
const never = () => new AbortController().signal

describe.each(Object.entries(ROWS))('%s', (_name, row) => {
  test(`the draft: ${row.ask ?? 'is written'}, and nothing leaves`, async () => {
    await using server = await startGoogleServer()
    server.next('drafts.create', row.mood)

    expect(await told(async () => patient(server, row).createDraft(MAIL, never()))).toBe(row.ask)
    expect(server.account().left).toEqual([])
    expect(count(server, 'drafts.create')).toBe(1)
  })

  test(`the send: ${row.send ?? 'is accepted'}, asked once, and ${row.leaves ? 'it left' : 'nothing left'}`, async () => {
    await using server = await startGoogleServer()
    const { draftId } = await openGmail(server).createDraft(MAIL, never())
    server.next('drafts.send', row.mood)

    expect(await told(async () => patient(server, row).sendDraft(draftId, MAIL, go, never()))).toBe(row.send)
    await server.late()
    expect(server.account().left).toHaveLength(row.leaves ? 1 : 0)
    expect(count(server, 'drafts.send')).toBe(1)
    const fate = await openGmail(server).findDraft(MAIL.key, draftId, never())
    expect(fate.fate).toBe(row.leaves ? 'sent' : 'draft')
  })

  test(`the look-up: ${row.ask ?? 'tells'}, which is not "absent"`, async () => {
    await using server = await startGoogleServer()
    const { draftId } = await openGmail(server).createDraft(MAIL, never())
    await openGmail(server).sendDraft(draftId, MAIL, go, never())
    for (const operation of ['drafts.get', 'threads.get'] as const) {
      server.next(operation, row.mood)
      expect(await told(async () => patient(server, row).findDraft(MAIL.key, draftId, never()))).toBe(row.ask)
    }
    expect(await openGmail(server).findDraft(MAIL.key, draftId, never())).toMatchObject({ fate: 'sent' })
    expect(server.account().left).toHaveLength(1)
  })
})

test('every mood of the fake is in the table or has a test of its own', () => {
  const isTested = new Set<unknown>(Object.values(ROWS).map(({ mood }) => mood))
  const own: unknown[] = [moods.SLOW, moods.LOOK_LAGS, moods.DRAFT_LINGERS, moods.STRANGER_ANSWERS]
  const isMood = (value: unknown): boolean => typeof value === 'object' && value !== null && 'gives' in value
  const all = [...Object.values(moods), ...Object.values(REFUSES)].filter(isMood)
  const elsewhere = [...own, REFUSES.invalidCredentials, REFUSES.notFound]

  expect(all.filter((mood) => !isTested.has(mood) && !elsewhere.includes(mood))).toEqual([])
})

describe('a stranger that answers in Google’s place', () => {
  test('its answer to the send is none', async () => {
    await using server = await startGoogleServer()
    const { draftId } = await openGmail(server).createDraft(MAIL, never())
    server.next('drafts.send', moods.STRANGER_ANSWERS)
    expect(await told(async () => openGmail(server).sendDraft(draftId, MAIL, go, never()))).toBe('mail.unanswered')
  })

  test('its answer to a draft is none', async () => {
    await using server = await startGoogleServer()
    server.next('drafts.create', moods.STRANGER_ANSWERS)
    expect(await told(async () => openGmail(server).createDraft(MAIL, never()))).toBe('mail.unreachable no_connection')
  })

  test('its answer to a look-up is no trace of a draft', async () => {
    await using server = await startGoogleServer()
    const { draftId } = await openGmail(server).createDraft(MAIL, never())
    const empty: Mood = { does: 'nothing', gives: () => ({ status: 200, body: '' }) }
    server.next('drafts.get', empty)
    server.next('drafts.list', empty)
    server.always('drafts.get', moods.STRANGER_ANSWERS)
    server.always('drafts.list', moods.STRANGER_ANSWERS)
    for (const id of [draftId, null, draftId, null]) {
      const look = async () => openGmail(server).findDraft(MAIL.key, id, never())
      expect(await told(look)).toBe('mail.unreachable no_connection')
    }
  })
})

describe('a slow server', () => {
  test('a send is answered in the end', async () => {
    await using server = await startGoogleServer()
    const { draftId } = await openGmail(server).createDraft(MAIL, never())
    server.next('drafts.send', moods.SLOW)
    const sending = openGmail(server).sendDraft(draftId, MAIL, go, never())
    await server.held('drafts.send')
    server.letGo()
    expect((await sending).providerMessageId).toBe(server.account().left[0]?.id)
  })

  test('an abort while it is asked leaves a doubt about a send, and none about a draft', async () => {
    await using server = await startGoogleServer()
    const { draftId } = await openGmail(server).createDraft(MAIL, never())
    for (const [operation, ask, expected] of [
      [
        'drafts.send',
        (signal: AbortSignal) => openGmail(server).sendDraft(draftId, MAIL, go, signal),
        'mail.unanswered',
      ],
      [
        'drafts.create',
        (signal: AbortSignal) => openGmail(server).createDraft(MAIL, signal),
        'mail.unreachable stopped',
      ],
      [
        'threads.get',
        (signal: AbortSignal) => openGmail(server).findDraft(MAIL.key, draftId, signal),
        'mail.unreachable stopped',
      ],
    ] as const) {
      server.next(operation, moods.SLOW)
      const aborting = new AbortController()
      const outcome = told(async () => ask(aborting.signal))
      await server.held(operation)
      aborting.abort()
      expect(await outcome).toBe(expected)
    }
  })
})

describe('look-ups that lag', () => {
  test('a sent mail that is not shown yet is unknown, never absent', async () => {
    await using server = await startGoogleServer()
    const draftId = await sent(server)
    server.next('threads.get', moods.LOOK_LAGS)
    server.next('history.list', moods.LOOK_LAGS)

    expect(await openGmail(server).findDraft(MAIL.key, draftId, never())).toEqual({ fate: 'unknown' })
    expect(await openGmail(server).findDraft(MAIL.key, draftId, never())).toMatchObject({ fate: 'sent' })
  })

  test('the history shows what the thread does not show yet', async () => {
    await using server = await startGoogleServer()
    const draftId = await sent(server)
    server.next('threads.get', moods.LOOK_LAGS)
    expect(await openGmail(server).findDraft(MAIL.key, draftId, never())).toMatchObject({ fate: 'sent' })
  })

  test('a draft that lingers is a draft, which is why one look proves nothing', async () => {
    await using server = await startGoogleServer()
    const draftId = await sent(server)
    server.next('drafts.get', moods.DRAFT_LINGERS)
    const mailbox = openGmail(server)

    expect(await mailbox.findDraft(MAIL.key, draftId, never())).toEqual({ fate: 'draft', draftId })
    expect(mailbox.proof).toMatchObject({
      draftLooks: 2,
      draftAgeMs: 120_000,
      betweenLooksMs: 60_000,
      firstLookMs: 60_000,
    })
    expect(await told(async () => mailbox.sendDraft(draftId, MAIL, go, never()))).toBe('mail.unanswered')
    expect(server.account().left).toHaveLength(1)
  })
})

describe('a token', () => {
  test('that was refused is renewed once, and the request is made again', async () => {
    await using server = await startGoogleServer()
    const mailbox = openGmail(server)
    server.oauth.expireAccessTokens()
    const { draftId } = await mailbox.createDraft(MAIL, never())
    server.oauth.expireAccessTokens()
    const asked: number[] = []
    await mailbox.sendDraft(draftId, MAIL, () => asked.push(1) > 0, never())
    server.oauth.expireAccessTokens()

    expect(await mailbox.findDraft(MAIL.key, draftId, never())).toMatchObject({ fate: 'sent' })
    expect(server.account().left).toHaveLength(1)
    expect(asked).toEqual([1])
    expect(server.oauth.renewals).toBe(3)
  })

  test.each(['drafts.create', 'drafts.send', 'drafts.get'] as const)(
    'refused twice at %s: the rep must sign in',
    async (operation) => {
      await using server = await startGoogleServer()
      const mailbox = openGmail(server)
      const { draftId } = await mailbox.createDraft(MAIL, never())
      server.always(operation, REFUSES.invalidCredentials)

      expect(await told(async () => step(mailbox, operation, draftId))).toBe('mail.signed_out')
      expect(server.oauth.renewals).toBe(1)
      expect(server.account().left).toEqual([])
    },
  )

  test.each(['drafts.create', 'drafts.send', 'drafts.get'] as const)(
    'revoked before %s: the rep must sign in',
    async (operation) => {
      await using server = await startGoogleServer()
      const mailbox = openGmail(server)
      const { draftId } = await mailbox.createDraft(MAIL, never())
      server.oauth.revokeAccount('rita@pacemail.example')

      expect(await told(async () => step(mailbox, operation, draftId))).toBe('mail.signed_out')
      expect(server.account().left).toEqual([])
    },
  )

  test.each<[string, Mood, string]>([
    ['invalid_grant', TOKEN_REFUSES.invalidGrant, 'mail.signed_out'],
    ['invalid_rapt', TOKEN_REFUSES.reauth, 'mail.signed_out'],
    ['invalid_client', TOKEN_REFUSES.invalidClient, `${needs} configuration`],
    ['unauthorized_client', TOKEN_REFUSES.unauthorizedClient, `${needs} configuration`],
    ['deleted_client', TOKEN_REFUSES.deletedClient, `${needs} configuration`],
    ['client_secret is missing', TOKEN_REFUSES.noSecret, `${needs} configuration`],
    ['admin_policy_enforced', TOKEN_REFUSES.adminPolicy, `${needs} admin`],
    ['500', TOKEN_REFUSES.internal, rests],
    ['503', TOKEN_REFUSES.unavailable, rests],
    ['a cut', moods.DROPS_BEFORE, 'mail.unreachable no_connection'],
    ['a redirect', moods.REDIRECTS, 'mail.unreachable no_connection'],
    ['a stranger', moods.STRANGER_ANSWERS, 'mail.unreachable no_connection'],
  ])(
    'that cannot be renewed before a send (%s): %s, nothing is sent and the last question is not asked',
    async (_title, mood, expected) => {
      await using server = await startGoogleServer()
      const { draftId } = await openGmail(server).createDraft(MAIL, never())
      const secret = JSON.parse(server.secretFor()) as Record<string, unknown>
      const old = {
        read: async () => Promise.resolve(JSON.stringify({ ...secret, expiry_date: 1 })),
        write: async () => Promise.resolve(),
      }
      server.next('token', mood)
      const asked: number[] = []

      expect(
        await told(async () =>
          openGmail(server, { secret: old }).sendDraft(draftId, MAIL, () => asked.push(1) > 0, never()),
        ),
      ).toBe(expected)
      expect(asked).toEqual([])
      expect(count(server, 'token')).toBe(1)
      expect(count(server, 'drafts.send')).toBe(0)
    },
  )
})

test('a server that is not there: surely nothing was sent', async () => {
  const server = await startGoogleServer()
  const mailbox = openGmail(server)
  const { draftId } = await mailbox.createDraft(MAIL, never())
  await server.close()

  expect(await told(async () => mailbox.sendDraft(draftId, MAIL, go, never()))).toBe('mail.unreachable no_connection')
  expect(await told(async () => mailbox.findDraft(MAIL.key, draftId, never()))).toBe('mail.unreachable no_connection')
})

async function sent(server: GoogleServer): Promise<string> {
  const mailbox = openGmail(server)
  const { draftId } = await mailbox.createDraft(MAIL, never())
  await mailbox.sendDraft(draftId, MAIL, go, never())
  return draftId
}

async function step(
  mailbox: MailProvider,
  operation: 'drafts.create' | 'drafts.send' | 'drafts.get',
  draftId: string,
): Promise<unknown> {
  if (operation === 'drafts.create') return mailbox.createDraft(MAIL, never())
  if (operation === 'drafts.send') return mailbox.sendDraft(draftId, MAIL, go, never())
  return mailbox.findDraft(MAIL.key, draftId, never())
}

/** The real patience is a minute; with a silent server a shorter one comes to the same. */
function patient(server: GoogleServer, { isSilent }: Row): MailProvider {
  return openGmail(server, isSilent ? { timeoutMs: 150 } : {})
}

function count(server: GoogleServer, operation: string): number {
  return server.requests.filter((asked) => asked === operation).length
}

/** The failure in a few words; null where there was none. */
async function told(work: () => Promise<unknown>): Promise<string | null> {
  try {
    await work()
    return null
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    const { reason, isFinal, scope, need, restMs, isDayLimit } = error.details
    const rest = isDayLimit === true ? 'until the window rolls' : typeof restMs === 'number' ? `${restMs} ms` : null
    const facts = [reason, scope, isFinal === undefined ? null : isFinal ? 'final' : 'later', need, rest]
    return [error.code, ...facts.filter((fact) => fact !== undefined && fact !== null)].join(' ')
  }
}
