/**
 * `npm run demo`: the main job in the terminal, with a kill in the middle. `--json` prints one JSON object instead.
 */
import { type ChildProcess, fork } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SingleBar } from 'cli-progress'
import { momentOfWallTime } from '#shared/domain/wall-time'
import type { SenderOrder, SenderReport } from './demo/messages.ts'
import { type DemoReport, reportOn } from './demo/report.ts'
import { reportText } from './demo/report-text.ts'
import { createSystemClock } from './platform/system-clock.ts'

const ZONE = 'Europe/Berlin'
/** A Monday, 09:00: the rep of the demo begins the week. Epoch ms. */
const START_AT = momentOfWallTime({ local: '2026-03-02T09:00', zone: ZONE }) ?? 0

const isJson = process.argv.includes('--json')
const clock = createSystemClock()
let sender: ChildProcess | null = null

async function main(): Promise<void> {
  const began = clock.monotonic()
  const dataFolder = mkdtempSync(join(tmpdir(), 'pacemail-demo-'))
  leaveNothingBehind(dataFolder)
  try {
    say('Importing 60 sample leads, approving them, dispatching them through the practice mailbox.')
    say('Only the clock is simulated: days pass in seconds.\n')
    const endedAt = await sendWithOneKill(dataFolder)
    const report = await reportOn(dataFolder, ZONE, endedAt)
    const wallSeconds = Math.round((clock.monotonic() - began) / 100) / 10
    process.stdout.write(isJson ? `${JSON.stringify({ ...report, wallSeconds })}\n` : reportText(report, wallSeconds))
    process.exitCode = isSound(report) ? 0 : 1
  } finally {
    rmSync(dataFolder, { recursive: true, force: true })
  }
}

/** Who stops the demo stops its sender with it, and finds no folder afterwards. */
function leaveNothingBehind(dataFolder: string): void {
  const end = (): void => {
    rmSync(dataFolder, { recursive: true, force: true })
    process.exit(130)
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => {
      if (sender === null) end()
      sender?.once('exit', end).kill('SIGKILL')
    })
  }
}

/** Runs the sender, kills it hard once when half is sent, starts it again. Returns the simulated end, epoch ms. */
async function sendWithOneKill(dataFolder: string): Promise<number> {
  const bar = new SingleBar({ format: '  {bar} {value}/{total}  {day}', stream: process.stderr, noTTYOutput: false })
  let now = START_AT
  let total = 0
  let hasKilled = false
  const watch = (report: SenderReport, child: ChildProcess): void => {
    now = report.now
    if (total === 0) {
      total = report.waiting
      if (!isJson) bar.start(total, 0, { day: dayText(now) })
    }
    bar.update(total - report.waiting, { day: dayText(now) })
    if (hasKilled || report.waiting > total / 2) return
    hasKilled = true
    child.kill('SIGKILL')
  }
  const first = await runSender({ dataFolder, startAt: START_AT, zone: ZONE }, watch)
  if (!first.wasKilled) throw new Error('the sender ended before it could be killed')
  await runSender({ dataFolder, startAt: now + 60_000, zone: ZONE }, watch)
  bar.stop()
  return now
}

async function runSender(
  order: SenderOrder,
  watch: (report: SenderReport, child: ChildProcess) => void,
): Promise<{ wasKilled: boolean }> {
  const child = fork(new URL('./demo/sender.ts', import.meta.url), [], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  sender = child
  child.on('message', (report: SenderReport) => watch(report, child))
  child.send(order)
  const [code, signal] = await new Promise<[number | null, string | null]>((resolve, reject) => {
    child.on('error', reject)
    child.on('exit', (exitCode, exitSignal) => resolve([exitCode, exitSignal]))
  })
  sender = null
  if (code !== 0 && signal !== 'SIGKILL') throw new Error(`the sender ended with ${code ?? signal ?? 'nothing'}`)
  return { wasKilled: signal === 'SIGKILL' }
}

function isSound(report: DemoReport): boolean {
  return report.duplicates === 0 && report.lost === 0 && report.outsideHours === 0 && report.sent > 0
}

function dayText(now: number): string {
  const options = { weekday: 'short', hour: '2-digit', minute: '2-digit', timeZone: ZONE } as const
  return new Intl.DateTimeFormat('en-GB', options).format(now)
}

function say(text: string): void {
  if (!isJson) process.stdout.write(`${text}\n`)
}

await main()
