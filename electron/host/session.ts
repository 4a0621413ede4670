import { createHash, timingSafeEqual } from 'node:crypto'
import type { Clock } from '../platform/clock.ts'
import type { Random } from '../platform/random.ts'

/** A person may open the printed address some minutes after it appeared. */
const LAUNCH_CODE_LIFE_MS = 10 * 60_000
const MAX_FAILURES = 10

/**
 * Who may use the web host. The launch code is printed once and works once; the page exchanges it for a cookie (which
 * scripts cannot read) and a token (which other programs on this machine cannot read: cookies ignore ports). Both
 * together open a socket until the process ends, so a reload needs no new code.
 */
export interface Session {
  readonly launchCode: string
  /** `locked` after ten wrong codes: then only a restart gives a new one. */
  open(code: string): { readonly cookie: string; readonly token: string } | 'wrong' | 'locked'
  /** Does one of these values, as they came in a Cookie header, belong to the session? */
  hasCookie(values: readonly string[]): boolean
  hasToken(value: string): boolean
}

export function createSession(deps: { clock: Clock; random: Random }): Session {
  const launchCode = newSecret(deps.random)
  const cookie = newSecret(deps.random)
  const token = newSecret(deps.random)
  const startedAt = deps.clock.monotonic()
  let isUsed = false
  let failures = 0

  function open(code: string): ReturnType<Session['open']> {
    if (failures >= MAX_FAILURES) return 'locked'
    const isRight = isSame(code, launchCode)
    if (!isRight) failures += 1
    if (!isRight || isUsed || deps.clock.monotonic() - startedAt > LAUNCH_CODE_LIFE_MS) return 'wrong'
    isUsed = true
    return { cookie, token }
  }

  return {
    launchCode,
    open,
    // Before the code was used nobody can hold the session's values, whatever they send.
    hasCookie: (values) => isUsed && values.some((value) => isSame(value, cookie)),
    hasToken: (value) => isUsed && isSame(value, token),
  }
}

/** 256 bit, safe in URLs and cookies. */
function newSecret(random: Random): string {
  return Buffer.from(random.bytes(32)).toString('base64url')
}

/** Constant time: both sides are hashed to the same length first. */
function isSame(left: string, right: string): boolean {
  return timingSafeEqual(sha256(left), sha256(right))
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
