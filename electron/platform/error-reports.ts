import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { arch, homedir, platform, release } from 'node:os'
import { join } from 'node:path'
import { inspect } from 'node:util'
import { ReportFile, type ReportSource } from '#shared/contract/reports'
import type { Clock } from './clock.ts'
import { redactText } from './redact.ts'

/** What went wrong, as it is written down. */
export interface NewReport {
  readonly source: ReportSource
  /** A process ended by it. */
  readonly isCrash: boolean
  /** An error, or a sentence. */
  readonly error: unknown
  /** Where and how, in a few words each. */
  readonly facts?: Readonly<Record<string, string | number>>
}

export interface KeptReport extends ReportFile {
  readonly id: string
  /** Of the picture of the memory beside it; 0: there is none. */
  readonly dumpBytes: number
}

/** Reports of errors, as files in one folder of this machine. They are sent nowhere. */
export interface ErrorReports {
  /** Never throws: it is called where something has gone wrong already. */
  write(report: NewReport): void
  /** Takes a picture of the memory, which the system made of a process that crashed, to the reports. Never throws. */
  adoptDump(file: string): void
  /** Newest first. */
  list(): KeptReport[]
  find(id: string): KeptReport | null
  /** With its dump; harmless when there is none. */
  remove(id: string): void
}

const MOST_REPORTS = 20
const MOST_DUMPS = 2
const MOST_DUMP_BYTES = 100 * 1024 * 1024
const LONGEST_TEXT = 16_000
const LONGEST_SUMMARY = 200
const MOST_CAUSES = 5
/** A name of ours: no spelling of it leads out of the folder. */
const ID = /^\d{1,16}-\d{1,4}$/

/** The reports of a data folder. */
export function openErrorReports(of: {
  readonly dataFolder: string
  readonly clock: Pick<Clock, 'now'>
  readonly version: string
  readonly host: 'desktop' | 'web'
}): ErrorReports {
  const about = { pacemail: `${of.version}, ${of.host}`, system: `${platform()} ${release()} ${arch()}` }
  return createErrorReports({ folder: join(of.dataFolder, 'reports'), clock: of.clock, home: homedir(), about })
}

export function createErrorReports(deps: {
  readonly folder: string
  readonly clock: Pick<Clock, 'now'>
  /** Of the system's user; it is left out of paths. */
  readonly home: string
  /** What every report says of the app and the system. */
  readonly about: Readonly<Record<string, string>>
}): ErrorReports {
  const { folder } = deps
  /** The same again is counted, not written anew. */
  const known = new Map<string, { readonly id: string; count: number }>()

  function write(report: NewReport): void {
    quietly(() => {
      const text = textOf(report)
      const twin = known.get(text)
      if (twin !== undefined) return countAgain(twin)
      const id = keep({ ...partsOf(report, text), at: deps.clock.now(), count: 1 })
      known.set(text, { id, count: 1 })
    })
  }

  /** Written down at every doubling: an error in a loop must not keep the disk busy. */
  function countAgain(twin: { readonly id: string; count: number }): void {
    twin.count += 1
    const kept = Number.isInteger(Math.log2(twin.count)) ? find(twin.id) : null
    if (kept !== null) save(twin.id, { ...kept, count: twin.count })
  }

  function keep(parts: ReportFile): string {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    const taken = new Set(ids(folder))
    let number = 0
    while (taken.has(`${parts.at}-${number}`)) number += 1
    const id = `${parts.at}-${number}`
    save(id, parts)
    makeRoom()
    return id
  }

  function save(id: string, { at, source, isCrash, summary, text, count }: ReportFile): void {
    const file = JSON.stringify({ at, source, isCrash, summary, text, count })
    writeFileSync(fileOf(id), file, { mode: 0o600 })
  }

  function adoptDump(file: string): void {
    quietly(() => {
      const { size, mtimeMs } = statSync(file)
      const facts = { megabytes: Math.ceil(size / 1_000_000) }
      const report: NewReport = { source: 'dump', isCrash: true, error: 'A part of Pacemail ended abruptly.', facts }
      const id = keep({ ...partsOf(report, textOf(report)), at: Math.round(mtimeMs), count: 1 })
      if (size > MOST_DUMP_BYTES) return rmSync(file, { force: true })
      renameSync(file, dumpOf(id))
      makeRoom()
    })
  }

  /** What ended a process stays longest. */
  function makeRoom(): void {
    const all = list()
    const byWorth = [...all.filter(({ isCrash }) => isCrash), ...all.filter(({ isCrash }) => !isCrash)]
    for (const { id } of byWorth.slice(MOST_REPORTS)) remove(id)
    const dumps = all.filter(({ dumpBytes }) => dumpBytes > 0)
    for (const { id } of dumps.slice(MOST_DUMPS)) rmSync(dumpOf(id), { force: true })
  }

  function textOf({ error, facts }: NewReport): string {
    const lines = Object.entries({ ...deps.about, ...facts }).map(([name, value]) => `${name}: ${value}`)
    const text = `${causesOf(error).join('\n\ncaused by ')}\n\n${lines.join('\n')}`
    // Cut before it is cleaned: a rule for text of any length would take its time.
    return withoutHome(redactText(text.slice(0, LONGEST_TEXT).toWellFormed()))
  }

  function withoutHome(text: string): string {
    return deps.home.length < 3 ? text : text.replaceAll(deps.home, '~')
  }

  function list(): KeptReport[] {
    return ids(folder)
      .flatMap((id) => find(id) ?? [])
      .toSorted((one, other) => other.at - one.at || other.id.localeCompare(one.id))
  }

  function find(id: string): KeptReport | null {
    if (!ID.test(id)) return null
    try {
      const kept = ReportFile.parse(JSON.parse(readFileSync(fileOf(id), 'utf8')))
      return { ...kept, id, dumpBytes: statSync(dumpOf(id), { throwIfNoEntry: false })?.size ?? 0 }
    } catch {
      return null
    }
  }

  function remove(id: string): void {
    if (!ID.test(id)) return
    rmSync(fileOf(id), { force: true })
    rmSync(dumpOf(id), { force: true })
  }

  const fileOf = (id: string): string => join(folder, `${id}.json`)
  const dumpOf = (id: string): string => join(folder, `${id}.dmp`)

  return { write, adoptDump, list, find, remove }
}

function partsOf({ source, isCrash }: NewReport, text: string): Omit<ReportFile, 'at' | 'count'> {
  return { source, isCrash, summary: (text.split('\n')[0] ?? '').slice(0, LONGEST_SUMMARY).toWellFormed(), text }
}

function ids(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith('.json'))
      .map((name) => name.slice(0, -'.json'.length))
      .filter((id) => ID.test(id))
  } catch {
    return []
  }
}

/** The error and what caused it, outermost first. */
function causesOf(error: unknown): string[] {
  const causes: string[] = []
  for (let cause = error; cause !== undefined && causes.length < MOST_CAUSES;) {
    if (cause instanceof Error) causes.push(cause.stack ?? cause.message)
    else causes.push(typeof cause === 'string' ? cause : inspect(cause, { depth: 1 }))
    cause = cause instanceof Error ? cause.cause : undefined
  }
  return causes
}

function quietly(write: () => void): void {
  try {
    write()
  } catch {
    // A full disk or a folder that is gone: there is nobody left to tell.
  }
}
