/**
 * The thread that reads a file: what is in it can only hurt this thread, which has a heap of its own and is ended from
 * outside. It writes nothing but the staging file it was given.
 */
import { parentPort, workerData } from 'node:worker_threads'
import { createStaging, loadDriver, type StagedRow } from '#db/queries/import-staging'
import { AppError } from '#shared/errors'
import { judgeFor } from './judges.ts'
import type { CheckTask, WorkerMessage, WorkerTask } from './messages.ts'
import { dataRows, lookAt } from './read-file.ts'

/** Rows in one transaction of the staging file, and between two words of progress. */
const CHUNK = 5_000

async function run(task: WorkerTask): Promise<void> {
  try {
    say(task.task === 'look' ? { type: 'looked', look: await lookAt(task) } : await check(task))
  } catch (error) {
    // Anything but an expected failure ends the thread: the other side logs it.
    if (!(error instanceof AppError)) throw error
    say({ type: 'failed', code: error.code, message: error.message, details: error.details })
  }
}

async function check(task: CheckTask): Promise<WorkerMessage> {
  const judge = judgeFor(task)
  const staging = createStaging(task.staging)
  try {
    let chunk: StagedRow[] = []
    let done = 0
    const flush = () => {
      staging.insert(chunk)
      done += chunk.length
      chunk = []
      say({ type: 'progress', done })
    }
    for await (const row of dataRows(task.file, task.format)) {
      chunk.push(judge(row))
      if (chunk.length === CHUNK) flush()
    }
    flush()
    staging.finish()
    return { type: 'checked', rows: done }
  } finally {
    staging.close()
  }
}

function say(message: WorkerMessage): void {
  parentPort?.postMessage(message)
}

loadDriver()
say({ type: 'ready' })
await run(workerData as WorkerTask)
