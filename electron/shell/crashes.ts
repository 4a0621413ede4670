import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { app, crashReporter } from 'electron'
import type { ErrorReports } from '../platform/error-reports.ts'

/** The system's pictures of processes that crash stay in the data folder. As early as possible, or the first process has none. */
export function keepDumps(): void {
  crashReporter.start({ uploadToServer: false })
}

/** Processes of the app that end by themselves. The window comes back (window.ts), Chromium's own helpers do too. */
export function watchCrashes(reports: Pick<ErrorReports, 'write'>): void {
  app.on('render-process-gone', (_event, _contents, { reason, exitCode }) => {
    if (reason === 'clean-exit') return
    reports.write({
      source: 'page_process',
      isCrash: true,
      error: 'The window’s process ended.',
      facts: { reason, exitCode },
    })
  })
  app.on('child-process-gone', (_event, { type, reason, exitCode }) => {
    if (reason === 'clean-exit' || reason === 'killed') return
    const facts = { type, reason, exitCode }
    reports.write({ source: 'helper_process', isCrash: false, error: 'A helper process ended.', facts })
  })
}

/** Takes what an earlier run left behind to the reports. */
export function collectDumps(reports: Pick<ErrorReports, 'adoptDump'>): void {
  for (const file of dumpsIn(app.getPath('crashDumps'))) reports.adoptDump(file)
}

/** Each system keeps them in a folder of its own below. */
function dumpsIn(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith('.dmp'))
      .map((entry) => join(entry.parentPath, entry.name))
  } catch {
    return []
  }
}
