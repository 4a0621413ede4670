import { expect, test } from 'vitest'
import { digestText } from '#electron/engine/records/digest-text'
import type { Digest } from '#shared/contract/digest'
import { startTestEngine, MONDAY_9, type TestEngine } from '#test/support/start-test-engine'
import { dispatchAll, stock } from '#test/support/stock'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const EIGHT = { isOn: true, minuteOfDay: 480, mailboxId: null }

interface Note {
  readonly title: string
  readonly body: string
}

/** An engine on a host that shows notifications, from Sunday 20:00 on. */
async function listening(
  more: Parameters<typeof startTestEngine>[0] = {},
): Promise<{ app: TestEngine; notes: Note[] }> {
  const notes: Note[] = []
  const app = await startTestEngine({ start: MONDAY_9 - 13 * HOUR, notify: (note) => void notes.push(note), ...more })
  // The first evening counts as told.
  return { app, notes }
}

test('the digest comes once a day at its time', async () => {
  const { app, notes } = await listening()
  await using _ = app
  await app.api.digest.saveRules(EIGHT)
  await app.run(HOUR)
  expect(notes).toHaveLength(1)
  await app.run(10 * HOUR)
  expect(notes).toHaveLength(1)
  await app.run(2 * HOUR)
  expect(notes).toHaveLength(2)
  await app.run(2 * DAY)
  expect(notes).toHaveLength(4)
  expect(app.errors).toEqual([])
})

test('a restart does not bring a second one', async () => {
  const { app, notes } = await listening()
  await using first = app
  await first.api.digest.saveRules(EIGHT)
  await first.run(13 * HOUR)
  expect(notes).toHaveLength(2)
  await first.engine.close()
  const again = await listening({ dataFolder: first.dataFolder, secrets: first.secrets, start: MONDAY_9 })
  await using second = again.app
  await second.run(HOUR)
  expect(again.notes).toHaveLength(0)
  await second.run(DAY)
  expect(again.notes).toHaveLength(1)
})

test('switched off, or on a host without notifications, nothing is shown and no day is used up', async () => {
  const { app, notes } = await listening()
  await using _ = app
  await app.api.digest.saveRules({ ...EIGHT, isOn: false })
  const before = notes.length
  await app.run(3 * DAY)
  expect(notes).toHaveLength(before)
  await using web = await startTestEngine()
  await web.api.digest.saveRules(EIGHT)
  await web.run(3 * DAY)
  expect(web.errors).toEqual([])
})

test('it tells what went out, what is planned and what needs the rep', async () => {
  await using app = await startTestEngine()
  const goods = await stock(app, 3)
  await dispatchAll(app, goods)
  await app.runOut()
  expect(await app.api.digest.get({})).toEqual({
    yesterday: { sent: 0, failed: 0, replied: 0, bounced: 0, optedOut: 0 },
    today: { sent: 3, failed: 0, replied: 0, bounced: 0, optedOut: 0 },
    planned: { today: 0, tomorrow: 0 },
    needsYou: { uncertain: 0, mailboxes: [] },
    mail: null,
  })
  await app.run(DAY)
  expect((await app.api.digest.get({})).yesterday.sent).toBe(3)
})

test('what is planned is told by day', async () => {
  await using app = await startTestEngine()
  await dispatchAll(app, await stock(app, 3), { at: { local: '2026-03-03T10:00', zone: 'UTC' } })
  expect((await app.api.digest.get({})).planned).toEqual({ today: 0, tomorrow: 3 })
})

test('the words', () => {
  const none = { sent: 0, failed: 0, replied: 0, bounced: 0, optedOut: 0 }
  const digest: Digest = {
    yesterday: { ...none, sent: 23, replied: 1, bounced: 2 },
    today: none,
    planned: { today: 40, tomorrow: 0 },
    needsYou: { uncertain: 1, mailboxes: [] },
    mail: null,
  }
  expect(digestText(digest)).toBe(
    'Yesterday: 23 mails sent, 1 answer, 2 came back. Today: 40 planned. 1 thing needs you.',
  )
})
