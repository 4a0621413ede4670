import { contract } from '#shared/contract/index'
import type { Contract, Entry } from '#shared/contract/define'
import type { Call, Reply } from '#shared/contract/wire'
import { AppError, type ErrorCode, type ErrorDetails, type WireError } from '#shared/errors'
import type { Clock } from '../platform/clock.ts'
import type { Log } from '../platform/log.ts'
import type { Random } from '../platform/random.ts'
import type { HostedApp } from './hosted-app.ts'

/** One call in, one reply out. It never throws: a host only adds transport and trust. */
export interface Router {
  handle(call: Call): Promise<Reply>
  /** Refuses new calls with `app.closing` and waits for those that run, at most `waitMs`. */
  close(waitMs: number): Promise<void>
}

export interface RouterDeps {
  readonly app: HostedApp
  readonly clock: Clock
  readonly random: Random
  readonly log: Log
}

/** What may befall any call, declared or not: bad input, the machine's troubles, ownership lost on the way. */
const EVERYWHERE: ReadonlySet<ErrorCode> = new Set([
  'app.viewer',
  'app.closing',
  'db.damaged',
  'db.locked',
  'db.readonly',
  'disk.full',
  'secrets.unavailable',
  'request.invalid',
])

/** The one change a viewer may ask for. */
const OPEN_TO_VIEWERS = 'app.takeOver'

type Handler = (input: unknown) => unknown

export function createRouter(deps: RouterDeps): Router {
  const running = new Set<Promise<Reply>>()
  let isClosing = false

  async function handle(call: Call): Promise<Reply> {
    if (isClosing) return failed(call, wireError('app.closing'))
    const answer = answerCall(deps, call)
    running.add(answer)
    try {
      return await answer
    } finally {
      running.delete(answer)
    }
  }

  async function close(waitMs: number): Promise<void> {
    isClosing = true
    if (running.size === 0) return
    const done = new AbortController()
    const waited = deps.clock.sleep(waitMs, done.signal).catch(() => {})
    await Promise.race([Promise.allSettled(running), waited])
    done.abort()
  }

  return { handle, close }
}

async function answerCall(deps: RouterDeps, call: Call): Promise<Reply> {
  const entry = findEntry(call.path)
  if (entry === null) return failed(call, wireError('request.unknown'))
  try {
    return { type: 'reply', id: call.id, ok: true, value: await run(deps, entry, call) }
  } catch (error) {
    return failed(call, describe(deps, entry, { call, error }))
  }
}

async function run(deps: RouterDeps, entry: Entry, call: Call): Promise<unknown> {
  if (entry.type === 'mutation' && call.path !== OPEN_TO_VIEWERS && deps.app.role() === 'viewer') {
    throw new AppError('app.viewer', `${call.path} refused: another instance owns the data folder`)
  }
  const input = entry.input.safeParse(call.input)
  if (!input.success) throw invalidRequest(call.path, input.error.issues[0])
  const value = await findHandler(deps.app, call.path)(input.data)
  // A value that breaks the contract is our bug; `parse` throws and the call ends as `internal`.
  return entry.output.parse(value)
}

/** Own properties only: `constructor.name` and the like are no part of the API. */
function findEntry(path: string): Entry | null {
  const [area = '', verb = '', ...rest] = path.split('.')
  const areas: Contract = contract
  if (rest.length > 0 || !Object.hasOwn(areas, area)) return null
  const entries = areas[area]
  return entries !== undefined && Object.hasOwn(entries, verb) ? (entries[verb] ?? null) : null
}

function findHandler(app: HostedApp, path: string): Handler {
  const [area = '', verb = ''] = path.split('.')
  const areas = app.handlers as unknown as Readonly<Record<string, Readonly<Record<string, Handler>>>>
  const handler = areas[area]?.[verb]
  if (handler === undefined) throw new Error(`no handler for ${path}`)
  return handler
}

/** `at`: where in the input, like `selection.ids.0`; `problem`: zod's word for it. Never the value itself. */
function invalidRequest(path: string, issue: { path: PropertyKey[]; code: string } | undefined): AppError {
  const at = issue?.path.map(String).join('.') ?? ''
  const details = { at, problem: issue?.code ?? 'invalid' }
  return new AppError('request.invalid', `${path}: ${details.problem} at "${at}"`, { details })
}

/** The three attitudes: expected failures travel, cancelled ones stay silent, everything else is our bug. */
function describe(deps: RouterDeps, entry: Entry, failure: { call: Call; error: unknown }): WireError {
  const { call, error } = failure
  if (error instanceof AppError) {
    const isExpected = entry.throws.includes(error.code) || EVERYWHERE.has(error.code)
    if (isExpected) return wireError(error.code, error.details)
  } else if (error instanceof Error && error.name === 'AbortError') {
    return wireError('request.cancelled')
  }
  const ref = deps.random.id().slice(0, 12)
  deps.log.error('call failed', error, { path: call.path, ref })
  return { code: 'internal', details: {}, ref }
}

function wireError(code: ErrorCode, details: ErrorDetails = {}): WireError {
  return { code, details, ref: null }
}

function failed(call: Call, error: WireError): Reply {
  return { type: 'reply', id: call.id, ok: false, error }
}
