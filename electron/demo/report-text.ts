import type { DemoReport } from './report.ts'

/** The report for people. */
export function reportText(report: DemoReport, wallSeconds: number): string {
  const { gapMinutes } = report
  const skipped = Object.entries(report.skipped).map(([reason, count]) => `${count} ${reason.replaceAll('_', ' ')}`)
  const lines: [string, string][] = [
    ['imported', `${report.imported} leads, ${report.rejected} rows left out`],
    ['queued', String(report.queued)],
    ['sent', `${report.sent} on ${report.simulatedDays} simulated days`],
    ['skipped', skipped.join(', ') || 'none'],
    ['failed', String(report.failed)],
    ['uncertain', String(report.uncertain)],
    [
      'gaps',
      `${gapMinutes.min} min at least, ${gapMinutes.median} min median, ${gapMinutes.max} min at most (overnight)`,
    ],
    ['outside hours', String(report.outsideHours)],
    ['sent twice', String(report.duplicates)],
    ['lost', String(report.lost)],
    ['restarts', `${report.restarts} (the sender was killed in the middle and started again)`],
    ['took', `${wallSeconds} s`],
  ]
  return `\n${lines.map(([name, value]) => `  ${name.padEnd(14)}${value}`).join('\n')}\n\n`
}
