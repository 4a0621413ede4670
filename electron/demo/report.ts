/**
 * What really happened, counted from the practice mailbox's files and the database; the sender's own counters are not
 * asked.
 */
import { join } from 'node:path'
import { openDb } from '#db/open'
import { listMailboxes } from '#db/queries/mailboxes'
import { countStarts, countVerdicts, listReportedSends, type ReportedSend } from '#db/queries/report'
import { createCalendar } from '#shared/domain/calendar'
import type { Policy } from '#shared/domain/policy'
import { localDateOf } from '#shared/domain/wall-time'
import { listPracticeMail } from '../mailbox/practice/practice-mail.ts'
import { practiceFolder } from '../engine/folders.ts'

export interface DemoReport {
  readonly imported: number
  readonly rejected: number
  readonly queued: number
  readonly sent: number
  /** By reason. */
  readonly skipped: Readonly<Record<string, number>>
  readonly failed: number
  readonly uncertain: number
  /** Mails beyond the first to the same address. */
  readonly duplicates: number
  /** Sends in no visible final state, or called sent without a mail in the folder. */
  readonly lost: number
  /** Mails that left while the recipient's schedule was closed. */
  readonly outsideHours: number
  readonly restarts: number
  readonly gapMinutes: { readonly min: number; readonly median: number; readonly max: number }
  /** Days on which mail went out. */
  readonly simulatedDays: number
}

interface Mail {
  readonly to: string
  /** Epoch ms. */
  readonly sentAt: number
}

/** Reads the folder of a demo that has ended. `zone`: of the simulated machine; `now` epoch ms. */
export async function reportOn(dataFolder: string, zone: string, now: number): Promise<DemoReport> {
  const db = openDb({ file: join(dataFolder, 'pacemail.db'), backupFolder: join(dataFolder, 'backups'), now })
  try {
    const sends = listReportedSends(db)
    const [mailbox] = listMailboxes(db)
    if (!mailbox) throw new Error('the demo has no mailbox')
    const mails = await readMails(practiceFolder(dataFolder, mailbox.id))
    const verdicts = countVerdicts(db)
    const imported = verdicts.get('new') ?? 0
    return {
      imported,
      rejected: [...verdicts.values()].reduce((sum, count) => sum + count, 0) - imported,
      queued: sends.length,
      ...outcomes(sends, mails),
      outsideHours: countOutside(mails, { sends, policy: mailbox.policy, zone }),
      restarts: countStarts(db) - 1,
      gapMinutes: gapsOf(mails),
      simulatedDays: new Set(mails.map((mail) => localDateOf(mail.sentAt, zone))).size,
    }
  } finally {
    db.close()
  }
}

async function readMails(folder: string): Promise<Mail[]> {
  const { rows } = await listPracticeMail(folder, { offset: 0, limit: 100_000 })
  return rows.map(({ to, sentAt }) => ({ to, sentAt })).sort((a, b) => a.sentAt - b.sentAt)
}

function outcomes(sends: readonly ReportedSend[], mails: readonly Mail[]) {
  const count = (status: string): number => sends.filter((send) => send.status === status).length
  const arrived = new Set(mails.map((mail) => mail.to))
  const skipped = sends.filter((send) => send.status === 'skipped')
  const visible = new Set(['sent', 'failed', 'cancelled', 'skipped', 'uncertain'])
  const invisible = sends.filter((send) => !visible.has(send.status)).length
  const unfounded = sends.filter((send) => send.status === 'sent' && !arrived.has(send.toAddress)).length
  return {
    sent: mails.length,
    skipped: Object.fromEntries(
      [...Map.groupBy(skipped, (send) => send.skippedCode ?? 'unknown')].map(([code, of]) => [code, of.length]),
    ),
    failed: count('failed'),
    uncertain: count('uncertain'),
    duplicates: mails.length - arrived.size,
    lost: invisible + unfounded,
  }
}

function countOutside(
  mails: readonly Mail[],
  { sends, policy, zone }: { sends: readonly ReportedSend[]; policy: Policy; zone: string },
): number {
  const zoneOf = new Map(sends.map((send) => [send.toAddress, send.zone || (policy.zone ?? zone)]))
  const isDayOff = (): boolean => false
  return mails.filter((mail) => {
    const calendar = createCalendar({ hours: policy.hours, zone: zoneOf.get(mail.to) ?? zone, isDayOff })
    return !calendar.at(mail.sentAt).isOpen
  }).length
}

/** Between each mail and the next, nights and weekends included, in minutes with one decimal. */
function gapsOf(mails: readonly Mail[]): DemoReport['gapMinutes'] {
  const gaps = mails
    .slice(1)
    .map((mail, index) => mail.sentAt - (mails[index]?.sentAt ?? 0))
    .sort((a, b) => a - b)
  const minutes = (ms: number | undefined): number => Math.round((ms ?? 0) / 6_000) / 10
  return { min: minutes(gaps[0]), median: minutes(gaps[Math.floor(gaps.length / 2)]), max: minutes(gaps.at(-1)) }
}
