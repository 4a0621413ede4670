/** Errors of the app itself, kept as files on this machine and shown on request. */
import { write } from '#db/open'
import { getSetting, setSetting } from '#db/queries/settings'
import type { ErrorReport } from '#shared/contract/reports'
import { AppError } from '#shared/errors'
import { openErrorReports } from '../../platform/error-reports.ts'
import type { EngineContext } from '../context.ts'

export interface Reports {
  list(): { readonly rows: ErrorReport[]; readonly crashedAt: number | null }
  /** Throws `report.not_found`. */
  textOf(reportId: string): string
  remove(reportId: string): void
  seen(): void
  add(error: { readonly message: string; readonly stack: string; readonly page: string }): void
}

type ReportsDeps = Pick<EngineContext, 'db' | 'clock' | 'dataFolder' | 'native' | 'publish'> & {
  readonly version: string
}

export function createReports({ db, publish, ...deps }: ReportsDeps): Reports {
  const files = openErrorReports({ ...deps, host: deps.native.host })

  function list(): ReturnType<Reports['list']> {
    const all = files.list()
    const seenAt = getSetting(db, 'crashSeenAt')
    const crash = all.find(({ isCrash, at }) => isCrash && at > seenAt)
    return { rows: all.map(({ text: _text, ...row }) => row), crashedAt: crash?.at ?? null }
  }

  return {
    list,
    textOf(reportId) {
      const found = files.find(reportId)
      if (found === null) throw new AppError('report.not_found', `report ${reportId}`)
      return found.text
    },
    remove: (reportId) => files.remove(reportId),
    seen() {
      const newest = list().crashedAt
      if (newest !== null) write(db, (tx) => setSetting(tx, 'crashSeenAt', newest))
    },
    add({ message, stack, page }) {
      // Some browsers begin the stack with the message, some leave it out.
      const error = stack.includes(message) ? stack : `${message}\n${stack}`
      files.write({ source: 'page', isCrash: false, error, facts: { page } })
      publish({ type: 'reports.changed' })
    },
  }
}
