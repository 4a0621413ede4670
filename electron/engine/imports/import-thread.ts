import { Worker } from 'node:worker_threads'
import { AppError, type ErrorCode } from '#shared/errors'
import type { EngineContext } from '../context.ts'
import { IMPORT_LIMITS } from './limits.ts'
import type { WorkerMessage, WorkerTask } from './messages.ts'

export interface ThreadDeps extends Pick<EngineContext, 'clock' | 'log'> {
  readonly importWorker: URL
}

export interface ThreadRun {
  readonly task: WorkerTask
  /** The thread is ended after this long. */
  readonly limitMs: number
  /** Ends the thread at once; the run then rejects with an `AbortError`. */
  readonly signal: AbortSignal
  /** Rows read so far. */
  readonly progress: (done: number) => void
}

type Result = Exclude<WorkerMessage, { type: 'ready' } | { type: 'progress' } | { type: 'failed' }>

/**
 * Runs one task in a thread of its own and resolves when that thread has ended, so that its files may be removed.
 * Rejects with what is wrong with the file; a thread that takes too much memory or time is such a file too.
 */
export function runThread(deps: ThreadDeps, run: ThreadRun): Promise<Result> {
  const isWorkbook = run.task.task === 'look' ? run.task.kind === 'xlsx' : run.task.format.kind === 'xlsx'
  const tooMuch: ErrorCode = isWorkbook ? 'import.bomb' : 'file.unreadable'
  return new Promise((resolve, reject) => {
    const thread = new Worker(deps.importWorker, {
      workerData: run.task,
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: IMPORT_LIMITS.heapMb },
    })
    let outcome: { readonly result: Result } | { readonly error: unknown } | null = null
    let isReady = false
    let isEnding = false
    const end = (error: unknown) => {
      outcome ??= { error }
      isEnding = true
      if (isReady) void thread.terminate()
    }
    const done = new AbortController()
    deps.clock.sleep(run.limitMs, done.signal).then(
      () => end(new AppError(tooMuch, `no end after ${run.limitMs} ms`, { details: { reason: 'time' } })),
      () => {},
    )
    const onAbort = () => end(cancelled())
    run.signal.addEventListener('abort', onAbort)
    if (run.signal.aborted) onAbort()

    thread.on('message', (message: WorkerMessage) => {
      if (message.type === 'ready') {
        isReady = true
        if (isEnding) void thread.terminate()
      } else if (message.type === 'progress') run.progress(message.done)
      else if (message.type === 'failed') {
        outcome ??= { error: new AppError(message.code, message.message, { details: message.details }) }
      } else outcome ??= { result: message }
    })
    thread.on('error', (error) => {
      const isMemory = 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY'
      outcome ??= {
        error: isMemory ? new AppError(tooMuch, 'out of memory', { details: { reason: 'memory' } }) : error,
      }
    })
    thread.on('exit', (code) => {
      done.abort()
      run.signal.removeEventListener('abort', onAbort)
      if (outcome === null) reject(new Error(`the import thread ended with ${code}`))
      else if ('result' in outcome) resolve(outcome.result)
      else reject(outcome.error)
    })
  })
}

export function cancelled(): Error {
  const error = new Error('the import was cancelled')
  error.name = 'AbortError'
  return error
}
