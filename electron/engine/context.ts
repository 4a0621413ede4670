import type { Db } from '#db/open'
import type { PushedEvent } from '#shared/contract/events'
import type { MailRoom } from '../mailbox/mail-room.ts'
import type { Clock } from '../platform/clock.ts'
import type { Dns } from '../platform/dns.ts'
import type { Disk } from '../platform/disk.ts'
import type { Log } from '../platform/log.ts'
import type { Native } from '../platform/native.ts'
import type { Random } from '../platform/random.ts'
import type { Secrets } from '../platform/secrets.ts'

/** What every service of the engine is given; nothing else reaches the outside. */
export interface EngineContext {
  readonly db: Db
  readonly clock: Clock
  readonly random: Random
  readonly log: Log
  readonly secrets: Secrets
  readonly disk: Disk
  readonly dns: Dns
  readonly native: Native
  readonly mail: MailRoom
  /** Tells the page a fact; never fails and never waits. */
  readonly publish: (event: PushedEvent) => void
  /** Folder of everything that is kept: database, backups, practice mail. */
  readonly dataFolder: string
}
