import { statfsSync } from 'node:fs'
import { arch, cpus, loadavg, platform, release, totalmem } from 'node:os'
import Database from 'better-sqlite3'

/** File systems that keep nothing: a commit there costs no disk. */
const TMPFS = 0x01_02_19_94

export interface Environment {
  readonly node: string
  readonly sqlite: string
  readonly system: string
  readonly processor: string
  readonly cores: number
  readonly memoryGb: number
  /** Of the last minute, before the run. */
  readonly load: number
  readonly isOnDisk: boolean
}

export function environmentOf(folder: string): Environment {
  return {
    node: process.version,
    sqlite: sqliteVersion(),
    system: `${platform()} ${release()} ${arch()}`,
    processor: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    memoryGb: Math.round(totalmem() / 2 ** 30),
    load: loadavg()[0] ?? 0,
    isOnDisk: statfsSync(folder).type !== TMPFS,
  }
}

export function environmentText(environment: Environment): string {
  const { node, sqlite, system, processor, cores, memoryGb, load, isOnDisk } = environment
  const lines = [
    `Node ${node}, SQLite ${sqlite}, ${system}`,
    `${cores} × ${processor}, ${memoryGb} GB, load ${load.toFixed(1)}`,
    'Medians of interleaved rounds. Absolute numbers belong to this machine; ratios (x) travel.',
  ]
  if (load > cores) lines.push('The machine is busy: figures that wait for its disk or its cores will look bad.')
  if (!isOnDisk) lines.push('The temporary folder is in memory: commits cost nothing here. Set TMPDIR to a disk.')
  return lines.join('\n')
}

function sqliteVersion(): string {
  const db = new Database(':memory:')
  const { version } = db.prepare('SELECT sqlite_version() AS version').get() as { version: string }
  db.close()
  return version
}
