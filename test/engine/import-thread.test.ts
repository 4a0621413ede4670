import { expect, test, vi } from 'vitest'
import { runThread } from '#electron/engine/imports/import-thread'
import type { WorkerTask } from '#electron/engine/imports/messages'
import { silentLog } from '#electron/platform/log'
import { createSimulatedClock } from '#electron/platform/simulated-clock'

// A thread takes its time to start on a busy machine.
vi.setConfig({ testTimeout: 60_000 })

const LOOK: WorkerTask = { task: 'look', file: 'none', kind: 'xlsx', purpose: 'leads', format: {} }
const READY = "import * as threads from 'node:worker_threads'; threads.parentPort.postMessage({ type: 'ready' });"
const ENDLESS = `${READY} for (;;) {}`

/** Runs a thread with this script in place of the reading one. */
function started(script: string, more: { task?: WorkerTask; signal?: AbortSignal } = {}) {
  const clock = createSimulatedClock(0)
  const importWorker = new URL(`data:text/javascript,${encodeURIComponent(script)}`)
  const done: number[] = []
  const outcome = runThread(
    { clock, log: silentLog, importWorker },
    {
      task: more.task ?? LOOK,
      limitMs: 1_000,
      signal: more.signal ?? new AbortController().signal,
      progress: (rows) => done.push(rows),
    },
  ).catch((error: unknown) => error)
  return { clock, outcome, done }
}

const say = (message: unknown) =>
  `import { parentPort } from 'node:worker_threads'; parentPort.postMessage(${JSON.stringify(message)});`

test('a workbook that eats all memory ends its thread, not the app', async () => {
  const { outcome, clock } = started('const kept = []; for (;;) kept.push(new Array(1e4).fill(0))')
  expect(await outcome).toMatchObject({ code: 'import.bomb', details: { reason: 'memory' } })
  expect(clock.pending()).toBe(0)
})

test('a thread that finds no end is ended from outside', async () => {
  const { outcome, clock } = started(ENDLESS)
  await clock.advance(1_000)
  expect(await outcome).toMatchObject({ code: 'import.bomb', details: { reason: 'time' } })
})

test('a cancelled thread is ended in the middle of its work', async () => {
  const stop = new AbortController()
  const { outcome, clock } = started(ENDLESS, { signal: stop.signal })
  stop.abort()
  expect(await outcome).toMatchObject({ name: 'AbortError' })
  expect(clock.pending()).toBe(0)
})

test('progress, the result and an expected failure come through', async () => {
  const checked = started(say({ type: 'progress', done: 5 }) + 'parentPort.postMessage({ type: "checked", rows: 7 })')
  expect(await checked.outcome).toEqual({ type: 'checked', rows: 7 })
  expect(checked.done).toEqual([5])
  const failed = started(say({ type: 'failed', code: 'import.empty', message: 'm', details: { line: 3 } }))
  expect(await failed.outcome).toMatchObject({ code: 'import.empty', details: { line: 3 } })
})

test('a bug in the thread is a bug, not a bad file', async () => {
  expect(await started("throw new Error('our mistake')").outcome).toMatchObject({ message: 'our mistake' })
  expect(await started('').outcome).toMatchObject({ message: 'the import thread ended with 0' })
})

test('a thread is not ended while it loads its driver: that would take the whole process with it', async () => {
  const loading = 'await new Promise((resolve) => setTimeout(resolve, 100));'
  const { outcome, done } = started(`${loading} ${say({ type: 'progress', done: 7 })} ${ENDLESS}`, {
    signal: AbortSignal.abort(),
  })

  expect(await outcome).toMatchObject({ name: 'AbortError' })
  expect(done).toEqual([7])
})
