import { describe, expect, test } from 'vitest'
import { write, type Db, type Writer } from '#db/open'
import { countCampaign, hasUnfinished } from '#db/queries/campaigns'
import { countLeft, countUnfinished } from '#db/queries/mailboxes'
import { getLeadFacts } from '#db/queries/lead-facts'
import { listPending } from '#db/queries/pending'
import { getPacingHistory, listLaneHeads } from '#db/queries/queue'
import {
  findSend,
  findSendIdByKey,
  getSendBody,
  listInFlight,
  listUncertain,
  moveSend,
  pullBackPacing,
} from '#db/queries/sends'
import { countSentOf, countStatus, listSendEvents, listSendViews, listSentMoments } from '#db/queries/send-views'
import { touchBySend, untouchBySend } from '#db/queries/touches'
import { explain, openQueueDb, recordSql } from '#test/support/test-db'
import { seedSend } from '#test/support/seed-rows'

const asWriter = (db: Db): Writer => db as unknown as Writer

/** Every step of the plans of all statements that `run` has prepared. */
function stepsOf(fill: (db: Db) => void, run: (db: Db) => void): string[] {
  using store = openQueueDb()
  fill(store.db)
  return recordSql(store.db, () => run(store.db)).flatMap((sql) => explain(store.db, sql))
}

const nothing = (): void => {}

/** A long history, and something in every state. */
function filled(db: Db): void {
  write(db, () => {
    for (let n = 1; n <= 600; n += 1) seedSend(db, { status: 'sent', pacedAt: n, campaignId: (n % 5) + 1 })
    for (let n = 1; n <= 60; n += 1) seedSend(db, { notBefore: n, campaignId: (n % 5) + 1 })
    seedSend(db, { status: 'processing' })
    seedSend(db, { status: 'uncertain' })
    seedSend(db, { status: 'failed' })
  })
}

describe.each([
  ['an empty database', nothing],
  ['one with a long history', filled],
])('in %s', (_name, fill) => {
  test.each<[string, (db: Db) => unknown, string[]]>([
    [
      'the next lane is one probe of the index of lanes',
      (db) => listLaneHeads(db, 1),
      [
        'SEARCH sends USING INDEX sends_lanes (mailbox_id=? AND (campaign_id,is_follow_up,zone,priority,not_before)>(?,?,?,?,?))',
      ],
    ],
    [
      'uncertain sends are found in their index',
      (db) => listUncertain(db, 1),
      ['SEARCH sends USING INDEX sends_uncertain (mailbox_id=?)'],
    ],
    [
      'a send is found by its key',
      (db) => findSendIdByKey(db, 'k'),
      ['SEARCH sends USING COVERING INDEX sqlite_autoindex_sends_1 (key=?)'],
    ],
    ['a send is found by its id', (db) => findSend(db, 1), ['SEARCH sends USING INTEGER PRIMARY KEY (rowid=?)']],
    [
      'how many were put before the provider is counted in the index',
      (db) => countLeft(db, 1, 5),
      [
        'SEARCH sends USING COVERING INDEX sends_history (mailbox_id=? AND paced_at>?)',
        'SEARCH outside_mails USING COVERING INDEX outside_mails_at (mailbox_id=? AND sent_at>?)',
      ],
    ],
    [
      'what is unfinished is counted in the indexes of what is unfinished',
      (db) => countUnfinished(db, 1),
      ['sends_pending', 'sends_in_flight', 'sends_uncertain'].map(
        (index) => `SEARCH sends USING COVERING INDEX ${index} (mailbox_id=?)`,
      ),
    ],
  ])('%s', (_title, run, steps) => {
    expect(stepsOf(fill, run)).toEqual(steps)
  })

  test('the history of a mailbox is a stretch of its index, its end, and where it began again', () => {
    const steps = stepsOf(fill, (db) => getPacingHistory(db, 1, 10_000))
    for (const step of steps) {
      expect(step).toMatch(/^SEARCH (?:sends|outside_mails) USING COVERING INDEX (?:sends_history|outside_mails_at) /)
    }
  })

  test('what is in flight is read from its own small index', () => {
    const [step, ...sorting] = stepsOf(fill, (db) => listInFlight(db))
    expect(step).toMatch(/^S(?:CAN|EARCH) sends USING INDEX sends_in_flight/)
    for (const other of sorting) expect(other).toBe('USE TEMP B-TREE FOR ORDER BY')
  })

  test('the facts of a lead are probes of indexes and nothing else', () => {
    const steps = stepsOf(
      (db) => {
        fill(db)
        seedSend(db, { id: 5_000 })
      },
      (db) => getLeadFacts(db, 5_000),
    )
    expect(steps).toContain('SEARCH sends USING INTEGER PRIMARY KEY (rowid=?)')
    expect(steps).toContain('SEARCH leads USING INTEGER PRIMARY KEY (rowid=?)')
    expect(steps.filter((step) => step.includes('suppressions'))).toHaveLength(13)
    expect(steps.filter((step) => step.includes('touches_identity'))).toHaveLength(3)
    expect(steps.filter((step) => step.startsWith('SCAN'))).toEqual(
      ['SCAN CONSTANT ROW'].filter((scan) => steps.includes(scan)),
    )
  })

  test('no statement of the sender, the queue or a campaign reads all sends', () => {
    const steps = stepsOf(
      (db) => {
        fill(db)
        seedSend(db, { id: 5_000 })
        db.$client.exec("INSERT INTO send_bodies VALUES (5000, 's', 't', NULL)")
      },
      (db) => {
        listLaneHeads(db, 1)
        listPending(db, 1)
        getPacingHistory(db, 1, 5)
        listInFlight(db)
        listUncertain(db, 1)
        getLeadFacts(db, 5_000)
        getSendBody(db, 5_000)
        countUnfinished(db, 1)
        countLeft(db, 1, 5)
        countSentOf(db, 1, 5)
        hasUnfinished(db, 1)
        countCampaign(db, 1)
        for (const status of ['pending', 'processing', 'uncertain', 'failed'] as const) countStatus(db, status)
        listSendViews(db, [5_000])
        listSentMoments(db, 5)
        listSendEvents(db, 5_000)
        const send = findSend(db, 5_000)
        write(db, () => {
          if (send)
            moveSend(asWriter(db), send, {
              epoch: 1,
              state: { status: 'processing', stage: 'drafting', draftId: null },
            })
          touchBySend(asWriter(db), 5_000, 1)
          untouchBySend(asWriter(db), 5_000)
          pullBackPacing(asWriter(db), 100_000)
        })
      },
    )
    expect(steps.length).toBeGreaterThan(25)
    for (const step of steps)
      expect(step).not.toMatch(/^SCAN (?:sends|leads|events|touches)(?! USING (?:COVERING )?INDEX)/)
  })
})
