import { join } from 'node:path'
import Database from 'better-sqlite3'
import { better, defineQueue, defineWorker } from 'plainjob'

/** Does so many jobs; answers what one took, ms. */
export type Work = (jobs: number) => number | Promise<number>

export interface Peer extends Disposable {
  readonly work: Work
}

const SILENT = { error() {}, warn() {}, info() {}, debug() {} }

/** plainjob at our settings: it sets synchronous to NORMAL itself, so FULL comes after. */
export function createPlainjob(folder: string, jobs: number): Peer & { readonly byWorker: Work } {
  const db = new Database(join(folder, 'plainjob.db'))
  const queue = defineQueue({ connection: better(db), logger: SILENT })
  db.pragma('synchronous = FULL')
  assertFull(db)
  db.transaction(() => {
    for (let job = 0; job < jobs; job += 1) queue.add('send', { to: `p${job}@company${job}.example`, lead: job })
  })()
  return {
    /** Its own calls and nothing else: take one, read it, call it done. */
    work(count) {
      const from = performance.now()
      for (let done = 0; done < count; done += 1) {
        const job = queue.getAndMarkJobAsProcessing('send')
        if (!job) throw new Error('plainjob has run out of jobs')
        queue.getJobById(job.id)
        queue.markJobAsDone(job.id)
      }
      return (performance.now() - from) / count
    },
    async byWorker(count) {
      let done = 0
      const worker = defineWorker('send', async () => {}, { queue, logger: SILENT, onCompleted: () => stopAt(count) })
      function stopAt(enough: number): void {
        done += 1
        if (done === enough) void worker.stop()
      }
      const from = performance.now()
      await worker.start()
      return (performance.now() - from) / count
    },
    [Symbol.dispose]: () => queue.close(),
  }
}

/** Two statements, two commits, no rules, no events: what the disk and SQLite allow at most. */
export function createBareLoop(folder: string, jobs: number): Peer {
  const db = new Database(join(folder, 'bare.db'))
  db.pragma('journal_mode = WAL')
  db.pragma('synchronous = FULL')
  assertFull(db)
  db.exec(`CREATE TABLE jobs (id INTEGER PRIMARY KEY, status TEXT NOT NULL, due INTEGER NOT NULL, data TEXT NOT NULL) STRICT;
    CREATE INDEX jobs_pending ON jobs(due, id) WHERE status = 'pending';`)
  const add = db.prepare("INSERT INTO jobs (status, due, data) VALUES ('pending', ?, ?)")
  db.transaction(() => {
    for (let job = 0; job < jobs; job += 1) add.run(job, JSON.stringify({ to: `p${job}@company${job}.example` }))
  })()
  const claim = db.prepare<[number], { id: number }>(`UPDATE jobs SET status = 'processing' WHERE id =
    (SELECT id FROM jobs WHERE status = 'pending' AND due <= +? ORDER BY due, id LIMIT 1) RETURNING id, data`)
  const complete = db.prepare("UPDATE jobs SET status = 'done' WHERE id = ?")
  return {
    work(count) {
      const from = performance.now()
      for (let done = 0; done < count; done += 1) {
        const job = claim.get(jobs)
        if (!job) throw new Error('the loop has run out of jobs')
        complete.run(job.id)
      }
      return (performance.now() - from) / count
    },
    [Symbol.dispose]: () => db.close(),
  }
}

function assertFull(db: Database.Database): void {
  if (db.pragma('synchronous', { simple: true }) !== 2) throw new Error('a peer does not run at synchronous=FULL')
}
