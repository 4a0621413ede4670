import { Worker } from 'node:worker_threads'

export interface BackupTask {
  readonly from: string
  readonly to: string
}

export interface BackupThread {
  /** Resolves when the copy stands and checks out; rejects with what went wrong, */
  readonly done: Promise<void>
  /**
   * Resolves when nothing is being copied any more. The copy is waited for: a thread that is ended while it loads the SQLite
   * driver takes the whole process with it (N-API aborts), and a copy takes seconds at most.
   */
  end(): Promise<void>
}

/** Copies the database in a thread of its own. */
export function startBackupThread(worker: URL, task: BackupTask): BackupThread {
  const thread = new Worker(worker, { workerData: task, execArgv: [] })
  const done = new Promise<void>((resolve, reject) => {
    thread.on('error', reject)
    thread.on('exit', (code) => {
      if (code === 0) resolve()
      else reject(new Error(`the backup thread ended with ${code}`))
    })
  })
  return {
    done,
    async end() {
      await done.catch(() => {})
    },
  }
}
