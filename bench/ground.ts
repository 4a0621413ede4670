import { join } from 'node:path'
import Database from 'better-sqlite3'
import { openDb, type Db } from '#db/open'
import { listMailboxes } from '#db/queries/mailboxes'
import { getSetting } from '#db/queries/settings'
import { createCalendars } from '#electron/engine/planning/calendars'
import { createHolidays } from '#electron/engine/planning/holidays'
import { createQueue, type Queue } from '#electron/engine/sending/queue'
import { createSimulatedClock, type SimulatedClock } from '#electron/platform/simulated-clock'
import { DAY_MS } from '#shared/domain/pacing'
import { ALWAYS, MONDAY_9, startTestEngine, type TestEngine } from '#test/support/start-test-engine'
import { stock } from '#test/support/stock'

/** Every lead there is. */
export const EVERYBODY = { search: '', review: null, tag: null, listId: null, written: null } as const

/** A data folder of a rep: the engine, a mailbox that is always open, a template with four fields, approved leads. */
export async function startStocked(dataFolder: string, leads: number): Promise<TestEngine & { mailboxId: number }> {
  const app = await startTestEngine({ dataFolder })
  const { mailboxId, templateId } = await stock(app, 0, { hours: ALWAYS })
  await app.api.templates.save({
    templateId,
    name: 'Hello',
    content: {
      subject: 'A question about {{company}}',
      body: 'Hi {{firstName | default: "there"}},\n\nhow does {{company}} buy {{title | default: "parts"}}?\n\n'.repeat(
        3,
      ),
      format: 'plain',
    },
  })
  if (leads > 0) addLeads(dataFolder, leads)
  return Object.assign(app, { mailboxId })
}

/** One list of approved leads, each at a company of its own, put in by one statement. Answers the list. */
export function addLeads(dataFolder: string, count: number): number {
  return inDatabase(dataFolder, (db) => {
    const { id } = db
      .prepare(
        "INSERT INTO lists (name, file_name, mapping, counts, created_at) VALUES ('L', 'l.csv', '[]', '{}', ?) RETURNING id",
      )
      .get(MONDAY_9) as { id: number }
    db.prepare(
      `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < @count)
       INSERT INTO leads (list_id, email, identity, domain, first_name, last_name, company, review, basis, created_at)
       SELECT @id, mail, mail, domain, 'Person' || i, 'Last' || i, 'Company ' || i, 'approved', 'legitimate_interest', @now
       FROM (SELECT i, 'company' || i || '.l' || @id || '.example' AS domain,
         'p' || i || '@company' || i || '.l' || @id || '.example' AS mail FROM n)`,
    ).run({ count, id, now: MONDAY_9 })
    return id
  })
}

/** A connection of its own, for putting in what no rep could in a minute. */
export function inDatabase<T>(dataFolder: string, work: (db: Database.Database) => T): T {
  const db = new Database(join(dataFolder, 'pacemail.db'))
  db.pragma('synchronous = OFF')
  db.pragma('foreign_keys = OFF')
  try {
    db.exec('BEGIN IMMEDIATE')
    const result = work(db)
    db.exec('COMMIT')
    return result
  } finally {
    db.close()
  }
}

interface Schedule {
  /** Null: all leads. */
  readonly listId: number | null
  /** Local time in UTC; by default the day after the simulated Monday. */
  readonly local?: string
  readonly key: string
}

/** Presses "Schedule all" for a list, so that nothing leaves while it is measured. */
export function scheduleAll(
  app: TestEngine & { mailboxId: number },
  { listId, local = '2026-03-03T09:00', key }: Schedule,
): void {
  const [template] = app.engine.rooms.templates.list(false)
  if (!template) throw new Error('the stock has a template')
  const order = {
    selection: { by: 'filter' as const, except: [], filter: { ...EVERYBODY, listId: listId as never } },
    templateId: template.id,
    mailboxId: app.mailboxId,
    at: { local, zone: 'UTC' },
    priority: 1 as const,
    useLeadZone: false,
  }
  app.engine.rooms.dispatch.queue(order, { requestKey: key, name: key })
}

export interface OpenQueue extends Disposable {
  readonly db: Db
  readonly queue: Queue
  readonly clock: SimulatedClock
  readonly mailboxId: number
}

/** The queue of a data folder whose engine has ended, without a sender around it: the benchmark does the sending. */
export function openQueue(dataFolder: string): OpenQueue {
  const file = join(dataFolder, 'pacemail.db')
  const clock = createSimulatedClock(MONDAY_9 + 7 * DAY_MS)
  const db = openDb({ file, backupFolder: dataFolder, now: clock.now() })
  const [mailbox] = listMailboxes(db)
  if (!mailbox) throw new Error('the stock has a mailbox')
  const epoch = getSetting(db, 'epoch')
  const queue = createQueue({
    db,
    clock,
    calendars: createCalendars(clock, createHolidays(), () => []),
    epoch: () => epoch,
    isAppPaused: () => false,
    mailboxOf: () => mailbox,
    moved: () => {},
    publish: () => {},
  })
  return { db, queue, clock, mailboxId: mailbox.id, [Symbol.dispose]: () => db.close() }
}

/** Far enough for the caps of the default policy (40 in 24 hours) to have room again. */
export const BETWEEN_SENDS_MS = DAY_MS / 40
