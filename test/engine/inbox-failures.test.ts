/** What a mailbox that cannot be read, or a mail that cannot be opened, means for the mail that waits. */
import type { MailReader } from '#electron/mailbox/mail-provider'
import { AppError } from '#shared/errors'
import { describe, expect, test } from 'vitest'
import { dispatchAll } from '#test/support/stock'
import { queueTomorrow, type WrittenDesk, writtenDesk } from '#test/support/written-desk'

const MINUTE = 60_000
const DAY = 86_400_000

function refusal(scope: 'message' | 'mailbox', isFinal: boolean): AppError {
  return new AppError('mail.refused', 'no', { details: { scope, isFinal, providerCode: 'ErrorInternalServerError' } })
}

/** The next time news are asked for `answer` is given; then as before. */
function once({ inbox }: WrittenDesk, answer: MailReader['changesSince']): void {
  const { reader } = inbox
  const { changesSince } = reader
  reader.changesSince = (from, signal) => {
    reader.changesSince = changesSince
    return answer(from, signal)
  }
}

function answerFrom({ app, mailbox, inbox }: WrittenDesk, number: number): void {
  const inReplyTo = `<${mailbox.sent[number - 1]!.key}@pacemail.example>`
  inbox.receive({ from: `p${number}@company${number}.example`, at: app.clock.now(), inReplyTo })
}

/** The mailbox tells that there is news. */
function raise({ app, stocked }: WrittenDesk): void {
  app.engine.rooms.inbox.raise(stocked.mailboxId)
  app.engine.rooms.sender.wake()
}

const waiting = async ({ app }: WrittenDesk) => (await app.api.sends.list({ status: ['pending'] })).rows
const answers = async ({ app }: WrittenDesk) => (await app.api.incoming.list({})).rows
const told = async ({ app }: WrittenDesk) => (await app.api.activity.list({ kinds: ['mail_unopened'] })).rows
const toLead = ({ mailbox }: WrittenDesk, number: number) =>
  mailbox.sent.filter(({ to }) => to.address === `p${number}@company${number}.example`)

describe('nothing is sent before what came back has had its effect', () => {
  test.each([
    ['refused for now', refusal('message', false)],
    ['refused for good', refusal('message', true)],
    ['unreadable by us', new AppError('mail.invalid', 'no')],
    ['without a clear answer', new AppError('mail.unanswered', 'no')],
  ])('where the reading is %s', async (_, failure) => {
    await using desk = await writtenDesk(1)
    await queueTomorrow(desk)
    desk.inbox.failure = failure
    raise(desk)
    await desk.app.run(3 * DAY)
    expect(desk.mailbox.sent).toHaveLength(1)
    expect(await waiting(desk)).toMatchObject([{ wait: { code: 'mailbox_resting' } }])

    desk.inbox.failure = null
    await desk.app.run(2 * DAY)
    expect(desk.mailbox.sent).toHaveLength(2)
  })

  test('where "Read now" failed', async () => {
    await using desk = await writtenDesk(1)
    await desk.app.run(11 * MINUTE)
    answerFrom(desk, 1)
    once(desk, () => Promise.reject(refusal('message', false)))
    await expect(desk.app.api.mailboxes.readNow({ mailboxId: desk.stocked.mailboxId })).rejects.toThrow()
    await dispatchAll(desk.app, desk.stocked, { key: 'pressed again' })
    await desk.app.run(DAY)

    expect(desk.mailbox.sent).toHaveLength(1)
  })

  test('where a pause broke the reading off', async () => {
    await using desk = await writtenDesk(1)
    await desk.app.run(11 * MINUTE)
    const asked = Promise.withResolvers<void>()
    once(desk, (_, signal) => {
      asked.resolve()
      const { promise, reject } = Promise.withResolvers<never>()
      signal.addEventListener('abort', () => reject(new AppError('mail.unreachable', 'stopped')))
      return promise
    })
    raise(desk)
    await asked.promise
    answerFrom(desk, 1)
    await desk.app.api.app.pause({})
    await desk.app.api.app.resume({})
    await dispatchAll(desk.app, desk.stocked, { key: 'pressed again' })
    await desk.app.run(DAY)

    expect(desk.mailbox.sent).toHaveLength(1)
  })

  test('where a pause came between two pages', async () => {
    await using desk = await writtenDesk(3)
    await queueTomorrow(desk)
    for (const number of [1, 2, 3]) answerFrom(desk, number)
    const { reader } = desk.inbox
    const { changesSince } = reader
    once(desk, async (from, signal) => {
      const page = await changesSince(from, signal)
      await desk.app.api.app.pause({})
      return page
    })
    await desk.app.api.mailboxes.readNow({ mailboxId: desk.stocked.mailboxId }).catch(() => {})
    await desk.app.api.app.resume({})
    await desk.app.run(2 * DAY)

    expect(desk.mailbox.sent).toHaveLength(3)
    expect(await answers(desk)).toHaveLength(3)
  })
})

describe('a mail that cannot be opened', () => {
  test('holds the mailbox for half an hour, then stops what waits for its sender, and the rest goes on', async () => {
    await using desk = await writtenDesk(2)
    await queueTomorrow(desk)
    desk.inbox.opening = refusal('message', false)
    answerFrom(desk, 1)
    raise(desk)
    await desk.app.run(10 * MINUTE)
    expect(await answers(desk)).toEqual([])
    expect((await desk.app.api.mailboxes.get({ mailboxId: desk.stocked.mailboxId })).status).toBe('resting')

    await desk.app.run(2 * DAY)
    expect(await answers(desk)).toMatchObject([
      { verdict: 'replied', from: 'p1@company1.example', evidence: { rule: 'unopened' } },
    ])
    expect(toLead(desk, 1)).toHaveLength(1)
    expect(toLead(desk, 2)).toHaveLength(2)
    expect(await told(desk)).toEqual([])
  })

  test('and that came right in the meantime counts as what it says', async () => {
    await using desk = await writtenDesk(1)
    desk.inbox.opening = new AppError('mail.unanswered', 'cut off')
    answerFrom(desk, 1)
    raise(desk)
    await desk.app.run(10 * MINUTE)
    desk.inbox.opening = null
    await desk.app.run(DAY)

    expect(await answers(desk)).toMatchObject([{ verdict: 'replied', evidence: { rule: 'reply' } }])
  })

  test('and could be from anybody is told once, and stops nothing', async () => {
    await using desk = await writtenDesk(1)
    await queueTomorrow(desk)
    desk.inbox.opening = refusal('message', true)
    desk.inbox.receive({ from: 'mailer-daemon@corp.example', at: desk.app.clock.now(), subject: 'Undelivered' })
    raise(desk)
    await desk.app.run(2 * DAY)

    expect(await told(desk)).toHaveLength(1)
    expect(await answers(desk)).toEqual([])
    expect(desk.mailbox.sent).toHaveLength(2)
  })

  test('is no fault of its own where the mailbox cannot be reached: that is waited for as long as it takes', async () => {
    await using desk = await writtenDesk(1)
    await queueTomorrow(desk)
    desk.inbox.opening = new AppError('mail.unreachable', 'no connection', { details: { reason: 'no_connection' } })
    answerFrom(desk, 1)
    raise(desk)
    await desk.app.run(3 * DAY)
    expect(await answers(desk)).toEqual([])
    expect(desk.mailbox.sent).toHaveLength(1)

    desk.inbox.opening = null
    await desk.app.run(DAY)
    expect(await answers(desk)).toMatchObject([{ evidence: { rule: 'reply' } }])
  })
})

describe('a mail that cannot even be listed', () => {
  test('holds the mailbox for half an hour, is told with what is known of it, and all other mail has its effect', async () => {
    await using desk = await writtenDesk(2)
    await queueTomorrow(desk)
    desk.inbox.unlisted = { from: 'poison@corp.example', failure: refusal('message', false) }
    const at = desk.app.clock.now()
    desk.inbox.receive({ from: 'poison@corp.example', at })
    answerFrom(desk, 1)
    raise(desk)
    await desk.app.run(10 * MINUTE)
    expect({ answers: await answers(desk), told: await told(desk) }).toEqual({ answers: [], told: [] })
    expect((await desk.app.api.mailboxes.get({ mailboxId: desk.stocked.mailboxId })).status).toBe('resting')

    await desk.app.run(2 * DAY)
    expect(await answers(desk)).toMatchObject([{ from: 'p1@company1.example', evidence: { rule: 'reply' } }])
    expect((await told(desk)).map(({ data }) => data)).toEqual([
      { receivedAt: at, code: 'ErrorInternalServerError', isListed: false },
    ])
    expect(toLead(desk, 1)).toHaveLength(1)
    expect(toLead(desk, 2)).toHaveLength(2)
  })

  test('and that came right in the meantime has its effect, and nothing is told', async () => {
    await using desk = await writtenDesk(1)
    desk.inbox.unlisted = { from: 'p1@company1.example', failure: refusal('message', false) }
    answerFrom(desk, 1)
    raise(desk)
    await desk.app.run(10 * MINUTE)
    desk.inbox.unlisted = null
    await desk.app.run(DAY)

    expect(await answers(desk)).toMatchObject([{ verdict: 'replied', evidence: { rule: 'reply' } }])
    expect(await told(desk)).toEqual([])
  })

  test('beside one that cannot be opened: both are told, and neither makes the other wait', async () => {
    await using desk = await writtenDesk(1)
    desk.inbox.unlisted = { from: 'poison@corp.example', failure: refusal('message', false) }
    desk.inbox.opening = refusal('message', true)
    const before = desk.inbox.reads
    desk.inbox.receive({ from: 'poison@corp.example', at: desk.app.clock.now() })
    desk.inbox.receive({ from: 'mailer-daemon@corp.example', at: desk.app.clock.now(), subject: 'Undelivered' })
    raise(desk)
    await desk.app.run(2 * DAY)

    expect((await told(desk)).map(({ data }) => data['isListed'])).toEqual([true, false])
    expect(desk.inbox.reads - before).toBe(5)
  })
})

test('a rest ends with the first reading that works, also where no mail is waiting', async () => {
  await using desk = await writtenDesk(1)
  await desk.app.runOut()
  once(desk, () => Promise.reject(new AppError('mail.unreachable', 'no connection')))
  raise(desk)
  await desk.app.run(0)
  const statusOf = async () => (await desk.app.api.mailboxes.get({ mailboxId: desk.stocked.mailboxId })).status
  expect(await statusOf()).toBe('resting')
  await desk.app.run(10 * MINUTE)
  expect(await statusOf()).toBe('ready')
})

test('a draft that the mailbox breaks over keeps no mail from being read', async () => {
  await using desk = await writtenDesk(1)
  let looks = 0
  desk.mailbox.provider.strayDrafts = () => {
    looks += 1
    return Promise.reject(refusal('message', false))
  }
  // The drafts are looked through once a day.
  await desk.app.run(DAY)
  answerFrom(desk, 1)
  raise(desk)
  await desk.app.run(2 * DAY)

  expect(looks).toBeGreaterThan(0)
  expect(await answers(desk)).toMatchObject([{ evidence: { rule: 'reply' } }])
  expect((await desk.app.api.mailboxes.get({ mailboxId: desk.stocked.mailboxId })).status).toBe('ready')
})

test('a reading that works ends the row of failures to read: the next pause is short again', async () => {
  await using desk = await writtenDesk(1)
  const restOf = async (): Promise<number> => {
    once(desk, () => Promise.reject(new AppError('mail.unreachable', 'no connection')))
    raise(desk)
    await desk.app.engine.rooms.sender.idle()
    const { restingUntil } = await desk.app.api.mailboxes.get({ mailboxId: desk.stocked.mailboxId })
    return (restingUntil ?? 0) - desk.app.clock.now()
  }
  expect(await restOf()).toBe(2 * MINUTE)
  await desk.app.run(10 * MINUTE)
  expect(await restOf()).toBe(2 * MINUTE)
})
