/** Whether the machine and the mailboxes are well: everything that the rep would otherwise have to look up. */
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { findLastClockJump, getDatabaseSize } from '#db/queries/insights'
import { listMailboxes } from '#db/queries/mailboxes'
import { getSetting } from '#db/queries/settings'
import type { SystemHealth } from '#shared/contract/insights'
import { DAY_MS } from '#shared/domain/pacing'
import type { EngineContext } from '../context.ts'

type MailboxId = SystemHealth['mailboxes'][number]['id']

export function systemHealth(deps: Pick<EngineContext, 'db' | 'clock' | 'disk' | 'dataFolder'>): SystemHealth {
  const { db, clock } = deps
  const now = clock.now()
  const backups = filesIn(join(deps.dataFolder, 'backups'), '.db')
  const logs = filesIn(join(deps.dataFolder, 'logs'), '.log')
  const oldest = Math.min(...logs.map(({ beganAt }) => beganAt))
  return {
    mailboxes: listMailboxes(db).map((mailbox) => ({
      id: mailbox.id as MailboxId,
      kind: mailbox.kind,
      address: mailbox.address,
      status: mailbox.status,
      need: mailbox.need,
      health: mailbox.health,
      restingUntil: mailbox.restingUntil,
      mayRead: mailbox.mayRead,
      readAt: mailbox.readAt,
    })),
    backups: { lastAt: getSetting(db, 'lastBackupAt') || null, count: backups.length, sizeBytes: sizeOf(backups) },
    disk: { freeBytes: deps.disk.freeBytes() },
    database: { sizeBytes: getDatabaseSize(db).bytes },
    clock: { now, zone: clock.zone(), lastJumpAt: findLastClockJump(db) },
    log: {
      days: logs.length === 0 ? null : Math.max(0, Math.floor((now - oldest) / DAY_MS)),
      sizeBytes: sizeOf(logs),
    },
  }
}

interface FoundFile {
  readonly sizeBytes: number
  /** Epoch ms. */
  readonly beganAt: number
}

/** Empty where there is no such folder. A file that vanishes meanwhile does not count. */
function filesIn(folder: string, ending: string): FoundFile[] {
  const names = namesIn(folder).filter((name) => name.endsWith(ending))
  return names.flatMap((name) => {
    const found = statSync(join(folder, name), { throwIfNoEntry: false })
    // Where the file system does not keep the moment of birth, it says 0.
    return found ? [{ sizeBytes: found.size, beganAt: Math.round(found.birthtimeMs || found.mtimeMs) }] : []
  })
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

function sizeOf(files: readonly FoundFile[]): number {
  return files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)
}
