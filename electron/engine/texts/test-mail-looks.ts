/** Looks for test mails among what came in, a few times in growing distances, and says where each was found. */
import { write } from '#db/open'
import { insertEvent } from '#db/queries/events'
import { getTestMail, type TestMailRecord, updateTestMail } from '#db/queries/readiness'
import { AppError } from '#shared/errors'
import type { Disarm } from '../../platform/clock.ts'
import { tellOutcome } from './test-mail-asking.ts'
import type { TestMailsDeps } from './test-mails.ts'

export interface TestMailLooks {
  /** Plans the next look; none where it has been found, cannot be read, or was looked for long enough. */
  later(id: number): void
  isPlanned(id: number): boolean
  close(): void
}

/** When it is looked for, ms after it was asked for: most arrive within seconds, grey lists take a quarter of an hour. */
const LOOKS_MS = [2_000, 8_000, 20_000, 45_000, 90_000, 180_000, 360_000, 600_000, 1_200_000] as const

export function createTestMailLooks(deps: TestMailsDeps): TestMailLooks {
  const { db, clock } = deps
  /** The next look at each mail that is looked for. */
  const looks = new Map<number, Disarm>()
  let isClosed = false

  function later(id: number): void {
    if (isClosed) return
    const mail = getTestMail(db, id)
    const at = nextLookAt(mail, clock.now())
    if (at !== null && deps.mailboxes.find(mail.mailboxId)?.mayRead === true) {
      const disarm = clock.at(at, () => void look(mail))
      looks.set(id, disarm)
    }
    deps.publish({ type: 'mailboxes.changed' })
  }

  async function look(mail: TestMailRecord): Promise<void> {
    looks.delete(mail.id)
    try {
      await deps.alone(mail.mailboxId, ({ abort }) => lookNow(mail, abort.signal))
    } catch (error) {
      if (error instanceof AppError && error.code === 'app.closing') return
      deps.log.error('a test mail could not be looked for', error, { mailboxId: mail.mailboxId })
    }
    later(mail.id)
  }

  async function lookNow(mail: TestMailRecord, signal: AbortSignal): Promise<void> {
    const { mailboxId } = mail
    const provider = await deps.providers.of(deps.mailboxes.get(mailboxId))
    const found = await provider.reader?.findReceived(mail, signal)
    if (!found) return
    const { place, receivedAt } = found
    const data = { place, tookMs: Math.max(0, receivedAt - (mail.askedAt ?? receivedAt)) }
    write(db, (tx) => {
      const settled = { status: 'accepted', failureCode: null, providerCode: null } as const
      const after = updateTestMail(tx, getTestMail(tx, mail.id), { ...settled, place, receivedAt })
      if (after.digestDate !== null) tellOutcome(tx, after, clock.now())
      else insertEvent(tx, { at: clock.now(), kind: 'test_mail_received', mailboxId, data })
    })
  }

  return {
    later,
    isPlanned: (id) => looks.has(id),
    close() {
      isClosed = true
      for (const disarm of looks.values()) disarm()
      looks.clear()
    },
  }
}

/** Epoch ms; null: it was found, there is nothing to find, or nobody looks any more. Where a digest lands matters to nobody. */
export function nextLookAt({ status, place, askedAt, digestDate }: TestMailRecord, now: number): number | null {
  const isWanted = status === 'uncertain' || (status === 'accepted' && digestDate === null)
  if (place !== null || askedAt === null || !isWanted) return null
  const afterMs = LOOKS_MS.find((ms) => askedAt + ms > now)
  return afterMs === undefined ? null : askedAt + afterMs
}
