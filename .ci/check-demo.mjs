// Reads the demo's JSON from stdin and fails unless every promise was kept.
import { text } from 'node:stream/consumers'

const result = JSON.parse(await text(process.stdin))
const skipped = Object.values(result.skipped).reduce((sum, count) => sum + count, 0)

const promises = {
  'each of the sixty rows became a lead or was left out': result.imported + result.rejected === 60,
  'duplicates and bad rows were left out': result.rejected === 7,
  'mail was sent on several days': result.sent > 0 && result.simulatedDays > 1,
  'who opted out meanwhile was skipped': result.skipped.suppressed === 1,
  'the sender was killed and started again': result.restarts >= 1,
  'nothing was sent twice': result.duplicates === 0,
  'nothing was lost': result.lost === 0,
  'every send has an end': result.queued === result.sent + skipped + result.failed + result.uncertain,
  'nothing failed': result.failed === 0,
  'nothing was sent outside hours': result.outsideHours === 0,
  'gaps are ordered':
    result.gapMinutes.min <= result.gapMinutes.median && result.gapMinutes.median <= result.gapMinutes.max,
  'it took less than a minute': result.wallSeconds < 60,
}

console.log(JSON.stringify(result, null, 2))
const broken = Object.keys(promises).filter((promise) => !promises[promise])
for (const promise of broken) console.error(`Not kept: ${promise}.`)
process.exitCode = broken.length === 0 ? 0 : 1
