/** A search for leads whose process is killed with SIGKILL in the middle of a step goes on behind the last thing it wrote. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { bundleProcess, type Program } from '#test/support/kill-bundle'
import type { PipelineOrder } from '#test/support/kill-pipeline'
import { MONDAY_9, startTestEngine } from '#test/support/start-test-engine'

const COUNT = 1_200
const PEOPLE = `Email\n${Array.from({ length: COUNT }, (_, index) => `p${index}@d${index}.example`).join('\n')}\n`

let program: Program

beforeAll(async () => {
  program = await bundleProcess('kill-pipeline')
})
afterAll(() => program[Symbol.dispose]())

/** The signal that ended it, or its exit code. */
async function end(order: Omit<PipelineOrder, 'startAt'>): Promise<string | number | null> {
  const json = JSON.stringify({ ...order, startAt: MONDAY_9 })
  const child = spawn(process.execPath, [program.path, json], { stdio: ['ignore', 'inherit', 'inherit'] })
  const [code, signal] = (await once(child, 'exit')) as [number | null, string | null]
  return signal ?? code
}

interface Found {
  readonly verdicts: Record<string, number>
  readonly positions: number
  readonly step: { readonly state: string; readonly done: number }
}

function lookInto(dataFolder: string, step: string): Found {
  const db = new Database(join(dataFolder, 'pacemail.db'), { readonly: true })
  try {
    const rows = db.prepare('SELECT verdict, count(*) AS n FROM pipeline_items GROUP BY verdict').all()
    return {
      verdicts: Object.fromEntries((rows as { verdict: string; n: number }[]).map(({ verdict, n }) => [verdict, n])),
      positions: db.prepare('SELECT count(DISTINCT position) FROM pipeline_items').pluck().get() as number,
      step: db.prepare('SELECT state, done FROM pipeline_steps WHERE step = ?').get(step) as Found['step'],
    }
  } finally {
    db.close()
  }
}

async function expectWholeAndOnce(dataFolder: string): Promise<void> {
  expect(lookInto(dataFolder, 'check_addresses')).toEqual({
    verdicts: { good: COUNT },
    positions: COUNT,
    step: { state: 'done', done: COUNT },
  })
  await using app = await startTestEngine({ dataFolder })
  const [run] = await app.api.pipeline.list({})
  if (run === undefined) throw new Error('the search is gone')
  const saved = await app.api.pipeline.save({ runId: run.runId, listName: 'Survivors' })
  expect(saved.contacts).toMatchObject({ saved: COUNT, good: 0 })
  expect(await app.api.leads.list({})).toMatchObject({ total: COUNT })
}

test('killed twice while it checks addresses, it goes on where it was; nobody is lost or taken twice', async () => {
  const dataFolder = mkdtempSync(join(tmpdir(), 'pacemail-kill-'))
  try {
    const first = { dataFolder, people: PEOPLE, kill: { at: 'question', hit: 500 } } as const
    expect(await end(first)).toBe('SIGKILL')
    const { verdicts, step } = lookInto(dataFolder, 'check_addresses')
    expect(step).toEqual({ state: 'running', done: 480 })
    expect(verdicts).toEqual({ good: 480, found: COUNT - 480 })

    expect(await end({ dataFolder, people: null, kill: { at: 'question', hit: 130 } })).toBe('SIGKILL')
    expect(lookInto(dataFolder, 'check_addresses').step).toEqual({ state: 'running', done: 600 })

    expect(await end({ dataFolder, people: null, kill: null })).toBe(0)
    await expectWholeAndOnce(dataFolder)
  } finally {
    rmSync(dataFolder, { recursive: true, force: true })
  }
}, 120_000)

test('killed right after a piece of the contacts was written, it goes on with the next one', async () => {
  const dataFolder = mkdtempSync(join(tmpdir(), 'pacemail-kill-'))
  try {
    // What is told: the new search, its input, the beginning, the first piece.
    expect(await end({ dataFolder, people: PEOPLE, kill: { at: 'moved', hit: 4 } })).toBe('SIGKILL')
    const { positions, step } = lookInto(dataFolder, 'find_contacts')
    expect(step).toEqual({ state: 'running', done: 500 })
    expect(positions).toBe(500)

    expect(await end({ dataFolder, people: null, kill: null })).toBe(0)
    await expectWholeAndOnce(dataFolder)
  } finally {
    rmSync(dataFolder, { recursive: true, force: true })
  }
}, 120_000)
