import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { DAY_MS } from '#shared/domain/pacing'
import { ALWAYS, policyWith, type TestEngine } from '#test/support/start-test-engine'
import type { Case, Figure } from './figures.ts'
import { inDatabase, scheduleAll, startStocked } from './ground.ts'
import { questions } from './lead-questions.ts'
import { collectGarbage, median, timeOf } from './measure.ts'

/** Where the start of the app is measured afterwards. */
export function leadsFolder(folder: string): string {
  return join(folder, 'leads')
}

export const leads: Case = {
  title: '100,000 leads',
  async run({ folder, isQuick }) {
    const count = isQuick ? 20_000 : 100_000
    mkdirSync(leadsFolder(folder))
    await using app = await startStocked(leadsFolder(folder), 0)
    const file = { fileName: 'leads.csv', bytes: new TextEncoder().encode(csv(count)), listName: 'All of them' }
    collectGarbage()
    const importMs = await timeOf(async () => {
      const { counts } = await app.engine.rooms.imports.importWhole(file)
      if (counts.new !== count) throw new Error(`${counts.new} of ${count} were imported`)
    })
    const listId = settle(app, count)
    const change = (): void => void app.engine.rooms.mailboxes.savePolicy(app.mailboxId, policyWith({ hours: ALWAYS }))
    const pages = Object.entries(questions(count, listId)).map(([name, page]) =>
      timeQuery(name, () => app.engine.rooms.leads.list(page).total, change),
    )
    const { rooms } = app.engine
    return {
      figures: [
        { name: `${count.toLocaleString('en-US')} imported from CSV`, value: importMs / 1_000, unit: 's' },
        { name: 'imported', value: (count * 1_000) / importMs, unit: 'a second' },
        ...worstOf(pages),
        ...pages.map(({ first }) => first),
        timeQuery('figures of the filter bar', () => rooms.leads.facets().total, change).first,
      ],
      notes: [
        'each question answers a page of 100 leads and the size of the whole result, as the page asks it.',
        'each is asked after something has changed, when nothing kept may be used; "again" is without a change.',
      ],
    }
  },
}

const FIRST = ['Ava', 'Ben', 'Chloe', 'Dmitri', 'Élodie', 'Farid', 'Grace', 'Hiro', 'Inés', 'Jürgen', 'Kofi', 'Lena']
const LAST = ['Lindqvist', 'Bell', 'Okafor', 'Novák', 'Schmidt', 'Tanaka', 'García', 'Brown', 'Dubois', 'Rossi', 'Khan']
const WORK = ['Head of Purchasing', 'Plant Manager', 'Buyer', 'Owner', 'Operations Lead', 'Engineer', 'CFO']
const TRADE = ['Bearings', 'Castings', 'Optics', 'Foods', 'Logistics', 'Textiles', 'Robotics', 'Timber', 'Glass']

/** Made-up people: few names and titles, many companies and addresses; every 20th without a name. */
function csv(count: number): string {
  const rows = Array.from({ length: count }, (_, index) => {
    const first = FIRST[index % FIRST.length] ?? ''
    const last = index % 20 === 0 ? '' : `${LAST[index % LAST.length] ?? ''}${index % 997}`
    const company = `${TRADE[index % TRADE.length] ?? ''} ${Math.floor(index / 5)}`
    return `${first},${last},${company},${WORK[index % WORK.length] ?? ''},${first.charCodeAt(0)}p${index}@firm${Math.floor(index / 5)}.example,US`
  })
  return ['First name,Last name,Company,Title,Email,Country', ...rows].join('\n')
}

/** A used database: half reviewed, tags, a queue of 5,000 that waits for tomorrow. Answers the list. */
function settle(app: TestEngine & { mailboxId: number }, count: number): number {
  const listId = inDatabase(app.dataFolder, (db) => {
    db.exec(`
      UPDATE leads SET review = CASE id % 4 WHEN 0 THEN 'approved' WHEN 1 THEN 'rejected' ELSE 'new' END;
      UPDATE leads SET tags = '["warm"]' WHERE id % 3 = 0;
      UPDATE leads SET tags = '["rare"]' WHERE id % 5000 = 1;
      INSERT INTO lists (name, file_name, mapping, counts, created_at) VALUES ('Small', 's.csv', '[]', '{}', 0);
      UPDATE leads SET list_id = last_insert_rowid() WHERE id % 20 = 0;`)
    return (db.prepare("SELECT id FROM lists WHERE name = 'Small'").get() as { id: number }).id
  })
  // The servers that are measured on this database live today.
  const tomorrow = new Date(Date.now() + DAY_MS).toISOString().slice(0, 10)
  scheduleAll(app, { listId, local: `${tomorrow}T09:00`, key: 'tomorrow' })
  if (count > 0) app.engine.rooms.forecasts.forget()
  return listId
}

interface Answered {
  readonly first: Figure
  readonly again: Figure
}

/** Asked once to warm up, then seven times after a change and seven times without one. */
function timeQuery(name: string, query: () => number, change: () => void): Answered {
  query()
  const figure = (times: readonly number[]): Figure => ({
    name: `  ${name}`,
    value: median(times),
    unit: 'ms',
    aim: { is: 'below', value: 20 },
  })
  const time = (): number => {
    const from = performance.now()
    query()
    return performance.now() - from
  }
  const rounds = Array.from({ length: 7 }, () => {
    change()
    return { first: time(), again: time() }
  })
  return { first: figure(rounds.map(({ first }) => first)), again: figure(rounds.map(({ again }) => again)) }
}

function worstOf(pages: readonly Answered[]): Figure[] {
  const slowest = (figures: readonly Figure[], name: string): Figure => ({
    name,
    value: Math.max(...figures.map(({ value }) => value)),
    unit: 'ms',
    aim: { is: 'below', value: 20 },
  })
  const times = pages.length
  return [
    slowest(
      pages.map(({ first }) => first),
      `the slowest of ${times} pages and searches`,
    ),
    slowest(
      pages.map(({ again }) => again),
      `the slowest of ${times} asked again`,
    ),
  ]
}
