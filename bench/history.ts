import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type Database from 'better-sqlite3'
import { DAY_MS } from '#shared/domain/pacing'
import { MONDAY_9 } from '#test/support/start-test-engine'
import type { Case } from './figures.ts'
import { BETWEEN_SENDS_MS, inDatabase, openQueue, type OpenQueue, scheduleAll, startStocked } from './ground.ts'
import { interleave, median, medianRatio } from './measure.ts'

const CLAIMS = 40

/** What a claim costs behind years of sent mail, and behind a long queue. */
export const history: Case = {
  title: 'A claim as things grow',
  async run({ folder, isQuick }) {
    const rounds = isQuick ? 5 : 15
    const most = isQuick ? 100_000 : 1_000_000
    const long = isQuick ? 5_000 : 20_000
    using few = await prepare(join(folder, 'few'), { waiting: 1_000, sent: 1_000 })
    using many = await prepare(join(folder, 'many'), { waiting: 1_000, sent: most })
    using queue = await prepare(join(folder, 'long'), { waiting: long, sent: 1_000 })
    const works = { few: () => claimMany(few), many: () => claimMany(many), long: () => claimMany(queue) }
    const onDisk = await interleave(rounds, works)
    for (const { db } of [few, many, queue]) db.$client.pragma('synchronous = OFF')
    const inMemory = await interleave(rounds, works)
    const aim = { is: 'at most', value: 1.5 } as const
    const [fewText, manyText, longText] = [1_000, most, long].map((count) => count.toLocaleString('en-US'))
    return {
      figures: [
        { name: `claim behind ${fewText} sent`, value: median(onDisk.few) * 1_000, unit: 'µs' },
        { name: `claim behind ${manyText} sent`, value: median(onDisk.many) * 1_000, unit: 'µs' },
        { name: `${manyText} against ${fewText} sent`, value: medianRatio(onDisk.many, onDisk.few), unit: 'x', aim },
        {
          name: 'the same without waiting for the disk',
          value: medianRatio(inMemory.many, inMemory.few),
          unit: 'x',
          aim,
        },
        {
          name: `${longText} against 1,000 waiting, without waiting for the disk`,
          value: medianRatio(inMemory.long, inMemory.few),
          unit: 'x',
          aim,
        },
      ],
      notes: [
        'without waiting for the disk: the same transactions at synchronous=OFF, where a difference cannot hide.',
      ],
    }
  },
}

async function prepare(dataFolder: string, amounts: { waiting: number; sent: number }): Promise<OpenQueue> {
  mkdirSync(dataFolder)
  {
    await using app = await startStocked(dataFolder, amounts.waiting)
    scheduleAll(app, { listId: null, key: 'all' })
  }
  inDatabase(dataFolder, (db) => addHistory(db, amounts.sent))
  return openQueue(dataFolder)
}

/** Sent mail with its events and touches, one every ten minutes until long before the first claim. */
function addHistory(db: Database.Database, count: number): void {
  const numbers = 'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < @count)'
  db.prepare(
    `${numbers}
     INSERT INTO sends (id, campaign_id, step, lead_id, mailbox_id, key, to_address, to_name, status, not_before, attempts,
       provider_message_id, started_at, paced_at, finished_at, created_at)
     SELECT 10000000 + i, 1, 1 + i / 1000, 1 + i % 1000, 1, 'old' || i, 'a@b.example', 'A B', 'sent', @from, 1,
       'old' || i, at, at, at, @from
     FROM (SELECT i, @from + i * 600000 AS at FROM n)`,
  ).run({ count, from: MONDAY_9 - (count + 300) * 600_000 })
  db.exec(`
    INSERT INTO events (at, kind, send_id, lead_id, campaign_id, mailbox_id)
      SELECT started_at, 'send_accepted', id, lead_id, campaign_id, mailbox_id FROM sends WHERE status = 'sent';
    INSERT INTO touches (identity, at, source, send_id)
      SELECT 'old' || id || '@b.example', started_at, 'sent', id FROM sends WHERE status = 'sent';`)
}

/** The median claim, ms. Each is put down again, outside the time, so that the next meets the same queue. */
function claimMany({ queue, clock, mailboxId }: OpenQueue): number {
  const times = Array.from({ length: CLAIMS }, () => {
    clock.set(clock.now() + BETWEEN_SENDS_MS)
    const from = performance.now()
    const claim = queue.claim(mailboxId)
    const took = performance.now() - from
    if (claim.got !== 'send') throw new Error(`nothing to claim: ${claim.got}`)
    queue.move(claim.send, { type: 'held', notBefore: clock.now() - DAY_MS })
    return took
  })
  return median(times)
}
