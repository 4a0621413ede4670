/** What is kept, told and given out: history, figures, backups, one person's data. */
import type { SystemHealth } from '#shared/contract/insights'
import { type Activity, createActivity } from './activity.ts'
import { type Backups, createBackups } from './backups.ts'
import type { EngineContext } from '../context.ts'
import { createDigests, type Digests } from './digest.ts'
import type { Erased } from '../leads/erased.ts'
import { createExports, type Exports } from './exports.ts'
import type { Forecasts } from '../planning/forecast.ts'
import type { Imports } from '../imports/imports.ts'
import { createInsights, type Insights } from './insights.ts'
import type { Mailboxes } from '../mailboxes/mailboxes.ts'
import { createNotices, type Notices } from './notices.ts'
import { createPeople, type People } from '../leads/people.ts'
import type { TestMails } from '../texts/test-mails.ts'
import { createReports, type Reports } from './reports.ts'
import { systemHealth } from './system-health.ts'
import { createUpdates, type Updates } from './updates.ts'

export interface RecordsWing {
  readonly activity: Activity
  readonly backups: Backups
  readonly digests: Digests
  readonly exports: Exports
  readonly insights: Insights
  readonly notices: Notices
  readonly people: People
  readonly reports: Reports
  readonly systemHealth: () => SystemHealth
  readonly updates: Updates
}

export interface RecordsWingDeps extends EngineContext {
  readonly installSecret: () => string
  readonly version: string
  readonly erased: Erased
  readonly imports: Imports
  readonly backupWorker: URL
  readonly forecasts: Forecasts
  readonly mailboxes: Mailboxes
  readonly testMails: TestMails
  /** Cancels sends that wait. */
  readonly cancel: (sendIds: readonly number[]) => void
}

export function createRecordsWing(deps: RecordsWingDeps): RecordsWing {
  const backups = createBackups(deps)
  const exported = createExports(deps)
  return {
    activity: createActivity(deps),
    backups,
    digests: createDigests(deps),
    exports: exported,
    insights: createInsights(deps),
    notices: createNotices(deps),
    people: createPeople({
      ...deps,
      forgetFiles: async () => {
        await deps.imports.forgetAll()
        exported.cleanUp()
        await backups.idle()
      },
      replaceBackups: () => backups.replaceAll(),
    }),
    reports: createReports(deps),
    systemHealth: () => systemHealth(deps),
    updates: createUpdates(deps),
  }
}
