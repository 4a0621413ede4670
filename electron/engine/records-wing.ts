/** What comes in by files and what is kept: imports, history, figures, backups, one person's data. */
import type { SystemHealth } from '#shared/contract/insights'
import { DAY_MS } from '#shared/domain/pacing'
import { DEFAULT_POLICY } from '#shared/domain/policy'
import { type Activity, createActivity } from './activity.ts'
import { type Backups, createBackups } from './backups.ts'
import type { EngineContext } from './context.ts'
import { createDigests, type Digests } from './digest.ts'
import { createErased, type Erased } from './erased.ts'
import { createExports, type Exports } from './exports.ts'
import type { Forecasts } from './forecast.ts'
import { createHalfLists } from './half-lists.ts'
import { createImports, type Imports } from './imports.ts'
import { createInsights, type Insights } from './insights.ts'
import { createPeople, type People } from './people.ts'
import { systemHealth } from './system-health.ts'
import { createUploads, type Uploads } from './uploads.ts'

export interface RecordsWing {
  readonly activity: Activity
  readonly backups: Backups
  readonly digests: Digests
  /** Asked wherever a lead comes from. */
  readonly erased: Erased
  readonly exports: Exports
  readonly imports: Imports
  readonly insights: Insights
  readonly people: People
  readonly systemHealth: () => SystemHealth
  readonly uploads: Uploads
}

export interface RecordsWingDeps extends EngineContext {
  readonly installSecret: () => string
  readonly importWorker: URL
  readonly backupWorker: URL
  readonly forecasts: Forecasts
  /** Cancels sends that wait. */
  readonly cancel: (sendIds: readonly number[]) => void
}

export function createRecordsWing(deps: RecordsWingDeps): RecordsWing {
  const backups = createBackups(deps)
  const erased = createErased(deps)
  const uploads = createUploads(deps)
  const exported = createExports(deps)
  const imports = createImports({
    ...deps,
    uploads,
    erased,
    halfLists: createHalfLists(deps),
    coolDownMs: () => DEFAULT_POLICY.coolDownDays * DAY_MS,
  })
  return {
    activity: createActivity(deps),
    backups,
    digests: createDigests(deps),
    erased,
    exports: exported,
    imports,
    insights: createInsights(deps),
    people: createPeople({
      ...deps,
      erased,
      forgetFiles: async () => {
        await imports.forgetAll()
        exported.cleanUp()
        await backups.idle()
      },
      replaceBackups: () => backups.replaceAll(),
    }),
    systemHealth: () => systemHealth(deps),
    uploads,
  }
}
