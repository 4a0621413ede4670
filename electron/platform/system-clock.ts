import { readlinkSync } from 'node:fs'
import { scheduleJob } from 'node-schedule'
import type { Clock, Disarm } from './clock.ts'

/**
 * The longest wait handed to a timer in one piece. Timers stand still while the machine sleeps and cannot hold more
 * than 24.8 days; an hourly look at the wall clock bounds how late a wake-up may come.
 */
const LONGEST_WAIT_MS = 60 * 60_000

/** The machine's own time. */
export function createSystemClock(): Clock {
  return {
    now: () => Date.now(),
    monotonic: () => performance.now(),
    zone: createZoneReader(),
    at,
    sleep,
  }
}

/** Set back by more than this, the clock has jumped: it was not just corrected, ms. */
const SET_BACK_MS = 60_000

/** A job that is later than this has been put off by node-schedule itself, which waits for the wall clock, ms. */
const GUARD_MS = 1_000

/**
 * One node-schedule job at a time, armed anew when it fires before `atMs`: the piece was a part of a longer wait. Where the
 * clock was set back, a timer beside the job ends the piece and wakes, or the wait would be as long as the jump.
 */
function at(atMs: number, wake: () => void): Disarm {
  let disarm: Disarm = () => {}
  let isOver = false
  let armedAt = Date.now()

  function arm(): void {
    const now = Date.now()
    if (isOver) return
    const wasSetBack = now < armedAt - SET_BACK_MS
    armedAt = now
    disarm()
    disarm = now >= atMs || wasSetBack ? soon(finish) : guarded(Math.min(atMs - now, LONGEST_WAIT_MS), arm)
  }

  function finish(): void {
    if (isOver) return
    isOver = true
    wake()
  }

  arm()
  return () => {
    isOver = true
    disarm()
  }
}

function guarded(waitMs: number, run: () => void): Disarm {
  const disarm = once(Date.now() + waitMs, run)
  const guard = setTimeout(run, waitMs + GUARD_MS)
  return () => {
    disarm()
    clearTimeout(guard)
  }
}

/** node-schedule answers null for a moment that has passed, also when it passed just now. */
function once(atMs: number, run: () => void): Disarm {
  const job = scheduleJob(new Date(atMs), run)
  return job === null ? soon(run) : () => void job.cancel()
}

function soon(run: () => void): Disarm {
  const immediate = setImmediate(run)
  return () => clearImmediate(immediate)
}

async function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  const until = performance.now() + ms
  for (let left = ms; left > 0; left = until - performance.now()) {
    await wait(Math.min(left, LONGEST_WAIT_MS), signal)
  }
  signal?.throwIfAborted()
}

function wait(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted === true) return reject(signal.reason)
    const timer = setTimeout(done, Math.ceil(ms))
    function done(): void {
      signal?.removeEventListener('abort', abort)
      resolve()
    }
    function abort(): void {
      clearTimeout(timer)
      reject(signal?.reason)
    }
    signal?.addEventListener('abort', abort, { once: true })
  })
}

/**
 * Node keeps the zone it saw at its start, while the rep travels. So the system is asked each time: TZ, else where
 * /etc/localtime leads (Linux, macOS). Windows has only what Node knows.
 */
function createZoneReader(): () => string {
  let checked = { name: '', zone: '' }
  return () => {
    const name = process.env['TZ']?.replace(/^:/, '') || zoneOfLocaltime()
    if (name !== checked.name || checked.zone === '') checked = { name, zone: knownZone(name) }
    return checked.zone
  }
}

function zoneOfLocaltime(): string {
  try {
    return readlinkSync('/etc/localtime').replace(/^.*\/zoneinfo\/(posix\/|right\/)?/, '')
  } catch {
    return ''
  }
}

/** The zone under its IANA name, or what Node took for the machine's zone where `name` is none. */
function knownZone(name: string): string {
  try {
    if (name !== '') return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone
  } catch {
    // Not a name: a TZ rule such as "CET-1CEST", or a link to a file of its own.
  }
  return new Intl.DateTimeFormat().resolvedOptions().timeZone
}
