/**
 * `npm run bench`: how fast the product does its work, beside what it should and what others do. A report, not a gate:
 * it ends well also where an aim is missed. `--json` prints one object, `--quick` measures less, `--only TITLE` one case.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { claiming } from './claiming.ts'
import { environmentOf, environmentText } from './environment.ts'
import { figureText, isMet, type Bench, type Case, type Result } from './figures.ts'
import { history } from './history.ts'
import { idling } from './idling.ts'
import { leads } from './leads.ts'
import { page } from './page.ts'
import { planning } from './planning.ts'
import { queueing } from './queueing.ts'
import { starting } from './starting.ts'

const CASES: readonly Case[] = [queueing, claiming, history, planning, leads, starting, page, idling]

const { values: flags } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    quick: { type: 'boolean', default: false },
    only: { type: 'string' },
  },
})

const folder = mkdtempSync(join(tmpdir(), 'pacemail-bench-'))
process.once('SIGINT', () => {
  rmSync(folder, { recursive: true, force: true })
  process.exit(130)
})
try {
  await run({ folder, isQuick: flags.quick })
} finally {
  rmSync(folder, { recursive: true, force: true })
}

async function run(bench: Bench): Promise<void> {
  const from = performance.now()
  const environment = environmentOf(bench.folder)
  say(environmentText(environment))
  const cases: { title: string; result: Result }[] = []
  for (const { title, run: runCase } of wanted()) {
    say(`\n${title}`)
    const result = await runCase(bench).catch(unfinished)
    cases.push({ title, result })
    say([...result.figures.map(figureText), ...(result.notes ?? []).map((note) => `  (${note})`)].join('\n'))
  }
  const seconds = Math.round((performance.now() - from) / 100) / 10
  say(`\nTook ${seconds} s.`)
  if (flags.json) process.stdout.write(`${JSON.stringify(toJson())}\n`)

  function toJson() {
    return {
      environment,
      isQuick: bench.isQuick,
      seconds,
      cases: cases.map(({ title, result }) => ({
        title,
        figures: result.figures.map((figure) => ({ ...figure, name: figure.name.trim(), isMet: isMet(figure) })),
        notes: result.notes ?? [],
      })),
    }
  }
}

/** One case that breaks does not take the others' figures along. */
function unfinished(error: unknown): Result {
  return { figures: [], notes: [`did not come to its end: ${error instanceof Error ? error.message : String(error)}`] }
}

function wanted(): readonly Case[] {
  const { only } = flags
  if (only === undefined) return CASES
  return CASES.filter(({ title }) => title.toLowerCase().includes(only.toLowerCase()))
}

/** For people; with `--json` there is one object and nothing else. */
function say(text: string): void {
  if (!flags.json) process.stdout.write(`${text}\n`)
}
