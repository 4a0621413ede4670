import { expect, test } from 'vitest'
import type { Db } from '#db/open'
import { listReceivedQuarters, listSentQuarters } from '#db/queries/insights'
import { createInsights, type Insights } from '#electron/engine/records/insights'
import { systemHealth } from '#electron/engine/records/system-health'
import { createSimulatedClock } from '#electron/platform/simulated-clock'
import { seedLead } from '#test/support/seed-rows'
import { MONDAY_9, startTestEngine } from '#test/support/start-test-engine'
import { explain, openQueueDb, recordSql } from '#test/support/test-db'

const HOUR = 3_600_000
const DAY = 24 * HOUR

interface SentMail {
  readonly at: number
  readonly campaignId?: number
  readonly step?: number
  readonly versionId?: number
  readonly mailboxId?: number
  readonly outcome?: string
  readonly status?: 'sent' | 'failed'
  readonly failure?: string
}

function addSends(db: Db, mails: readonly SentMail[]): void {
  const insert = db.$client.prepare(
    `INSERT INTO sends (campaign_id, step, template_version_id, lead_id, mailbox_id, key, to_address, to_name, status, outcome, failure_code,
       not_before, finished_at, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, '', ?, ?, ?, 0, ?, 1)`,
  )
  db.$client.exec('BEGIN')
  for (const mail of mails) {
    const {
      campaignId = 1,
      step = 0,
      versionId = 1,
      mailboxId = 1,
      outcome = 'none',
      status = 'sent',
      failure = null,
    } = mail
    const leadId = seedLead(db)
    insert.run(
      campaignId,
      step,
      versionId,
      leadId,
      mailboxId,
      `k${leadId}`,
      `p${leadId}@corp.example`,
      status,
      outcome,
      failure,
      mail.at,
    )
  }
  db.$client.exec('COMMIT')
}

function insightsOf(db: Db, now: number, zone = 'UTC'): Insights {
  const clock = createSimulatedClock(now, zone)
  return createInsights({ db, clock, forecasts: { moments: () => [now + HOUR, now + DAY, now + DAY] } })
}

const times = (count: number, mail: SentMail): SentMail[] => Array.from({ length: count }, () => mail)

test('sends are counted on the local day they left, answers on the day they came in', () => {
  using store = openQueueDb()
  // 23:30 UTC is already the next day in Berlin.
  addSends(store.db, [{ at: MONDAY_9 - 10 * HOUR + HOUR / 2, outcome: 'replied' }, { at: MONDAY_9 }])
  store.db.$client.exec(
    `INSERT INTO incoming (mailbox_id, provider_message_id, received_at, from_address, subject, verdict, send_id, lead_id,
       matched_by, evidence, before, created_at)
     VALUES (1, 'a', ${MONDAY_9}, 'p', 's', 'replied', 1, 1, 'key', '{}', '{}', 1),
       (1, 'b', ${MONDAY_9}, 'p', 's', 'auto_replied', 1, 1, 'key', '{}', '{}', 1),
       (1, 'c', ${MONDAY_9}, 'p', 's', 'opted_out', 1, 1, 'key', '{}', '{}', 1)`,
  )
  store.db.$client.exec("UPDATE incoming SET undone_at = 5 WHERE verdict = 'opted_out'")
  const { days } = insightsOf(store.db, MONDAY_9 + HOUR, 'Europe/Berlin').overview(7)
  expect(days).toHaveLength(7)
  expect(days.at(0)?.date).toBe('2026-02-24')
  expect(days.at(-1)).toEqual({ date: '2026-03-02', sent: 2, replied: 1, bounced: 0, optedOut: 0 })
  expect(days.at(-2)?.sent).toBe(0)
})

test('what was sent before the range does not count, and what was sent on its first day does', () => {
  using store = openQueueDb()
  const startAt = MONDAY_9 - 9 * HOUR - 6 * DAY
  addSends(store.db, [{ at: startAt - 1 }, { at: startAt }])
  expect(insightsOf(store.db, MONDAY_9).overview(7).totals.sent).toBe(1)
})

test('reply rates are split by the text, the step and the clock of the mailbox', () => {
  using store = openQueueDb()
  const { db } = store
  db.$client.exec(`UPDATE mailboxes SET policy = '{"zone":"America/New_York"}' WHERE id = 2;
    INSERT INTO template_versions (template_id, version, subject, body, format, created_at)
    VALUES (1, 2, 'Hello', 'Hi again', 'plain', 1)`)
  addSends(db, [
    ...times(60, { at: MONDAY_9, outcome: 'replied' }),
    ...times(140, { at: MONDAY_9 }),
    ...times(5, { at: MONDAY_9, campaignId: 2, step: 1, versionId: 2, mailboxId: 2, outcome: 'replied' }),
    ...times(195, { at: MONDAY_9, campaignId: 2, step: 1, versionId: 2, mailboxId: 2 }),
  ])
  const { byTemplate, byStep, byHour, byWeekday } = insightsOf(db, MONDAY_9 + HOUR).overview(30)
  expect(byTemplate.map(({ version, rate, isClearBest }) => [version, rate.hits, rate.sent, isClearBest])).toEqual([
    [2, 5, 200, false],
    [1, 60, 200, true],
  ])
  expect(byStep.map(({ step, rate }) => [step, rate.hits])).toEqual([
    [0, 60],
    [1, 5],
  ])
  // 09:00 in the machine's zone, 04:00 in New York.
  expect(byHour.map(({ hour, rate }) => [hour, rate.hits])).toEqual([
    [4, 5],
    [9, 60],
  ])
  expect(byWeekday.map(({ weekday, rate }) => [weekday, rate.sent])).toEqual([[1, 400]])
})

test('each text counts the mail that was made from it, whatever its step has by now', () => {
  using store = openQueueDb()
  const { db } = store
  db.$client.exec(`
    INSERT INTO template_versions (template_id, version, subject, body, format, created_at)
    VALUES (1, 2, 'Hello', 'Hi again', 'plain', 1);
    INSERT INTO campaign_steps (campaign_id, step, delay_days, delay_unit, threading) VALUES (1, 0, 0, 'days', 'new');
    INSERT INTO step_variants (campaign_id, step, variant, template_version_id) VALUES (1, 0, 0, 2)`)
  addSends(db, [...times(3, { at: MONDAY_9 }), ...times(2, { at: MONDAY_9, versionId: 2, outcome: 'replied' })])
  const { byTemplate } = insightsOf(db, MONDAY_9 + HOUR).overview(30)
  expect(byTemplate.map(({ version, rate }) => [version, rate.hits, rate.sent])).toEqual([
    [1, 0, 3],
    [2, 2, 2],
  ])
})

test('practice mail counts only while there is no other', () => {
  using store = openQueueDb()
  const { db } = store
  addSends(db, [...times(3, { at: MONDAY_9 }), ...times(2, { at: MONDAY_9, mailboxId: 2 })])
  const before = insightsOf(db, MONDAY_9).overview(7)
  expect([before.isPractice, before.totals.sent]).toEqual([true, 5])
  // A removed mailbox keeps its history.
  db.$client.exec("UPDATE mailboxes SET kind = 'smtp', removed_at = 5 WHERE id = 2")
  const after = insightsOf(db, MONDAY_9).overview(7)
  expect([after.isPractice, after.totals.sent]).toEqual([false, 2])
})

test('failed sends are grouped by reason, the most frequent first, each with its newest sends', () => {
  using store = openQueueDb()
  addSends(store.db, [
    { at: MONDAY_9, status: 'failed', failure: 'mail.invalid' },
    ...times(7, { at: MONDAY_9, status: 'failed', failure: 'mail.refused' }),
    { at: MONDAY_9 - 8 * DAY, status: 'failed', failure: 'mail.refused' },
  ])
  const { failures } = insightsOf(store.db, MONDAY_9).overview(7)
  expect(failures.map(({ code, count, sends }) => [code, count, sends.map(({ sendId }) => sendId)])).toEqual([
    ['mail.refused', 7, [8, 7, 6, 5, 4]],
    ['mail.invalid', 1, [1]],
  ])
})

test('what the forecast plans is shown by local day', () => {
  using store = openQueueDb()
  const { coming } = insightsOf(store.db, MONDAY_9).overview(7).throughput
  expect(coming.map(({ planned }) => planned)).toEqual([1, 2, 0, 0, 0, 0, 0])
  expect(coming[0]?.date).toBe('2026-03-02')
})

test('a million sends are one stretch of an index that holds all that is asked for', () => {
  using store = openQueueDb()
  const steps = recordSql(store.db, () => {
    listSentQuarters(store.db, { from: 1, to: 2 })
    listReceivedQuarters(store.db, 1)
  }).flatMap((sql) => explain(store.db, sql))
  expect(steps).toEqual([
    'SEARCH sends USING COVERING INDEX sends_insights (<expr>>? AND <expr><?)',
    'SEARCH incoming USING INDEX incoming_newest (received_at>?)',
    'USE TEMP B-TREE FOR GROUP BY',
  ])
})

test('system health tells what is kept and what is left', async () => {
  await using app = await startTestEngine({ freeBytes: () => 5_000 })
  await app.api.mailboxes.addPractice({})
  const before = await app.api.insights.system({})
  expect(before.backups).toEqual({ lastAt: null, count: 0, sizeBytes: 0 })
  expect(before.disk.freeBytes).toBe(5_000)
  expect(before.mailboxes.map(({ kind, health }) => [kind, health])).toEqual([['practice', 100]])
  await app.engine.rooms.backups.make()
  const after = await app.api.insights.system({})
  expect([after.backups.lastAt, after.backups.count]).toEqual([MONDAY_9, 1])
  expect(after.backups.sizeBytes).toBeGreaterThan(10_000)
  expect(after.database.sizeBytes).toBeGreaterThan(10_000)
})

test('system health finds a jump of the clock', () => {
  using store = openQueueDb()
  const deps = {
    db: store.db,
    clock: createSimulatedClock(MONDAY_9, 'UTC'),
    disk: { freeBytes: () => 1 },
    dataFolder: '',
  }
  expect(systemHealth(deps).clock).toEqual({ now: MONDAY_9, zone: 'UTC', lastJumpAt: null })
  store.db.$client.exec("INSERT INTO events (at, kind) VALUES (7, 'clock_jumped'), (9, 'app_started')")
  expect(systemHealth(deps).clock.lastJumpAt).toBe(7)
})
