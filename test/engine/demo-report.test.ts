import { copyFileSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { reportOn, type DemoReport } from '#electron/demo/report'
import { practiceFolder } from '#electron/engine/folders'
import { mailRoom } from '#electron/mailbox/open-provider'
import { startTestEngine } from '#test/support/start-test-engine'
import { dispatchAll, stock } from '#test/support/stock'

/** Three mails sent by a practice mailbox that writes files, then what `change` makes of these files. */
async function reportAfter(change: (sent: string, files: readonly string[]) => void): Promise<DemoReport> {
  await using app = await startTestEngine({ mail: mailRoom })
  const goods = await stock(app, 3)
  await dispatchAll(app, goods)
  await app.runOut()
  const sent = join(practiceFolder(app.dataFolder, goods.mailboxId), 'sent')
  change(sent, readdirSync(sent).toSorted())
  return await reportOn(app.dataFolder, 'UTC', app.clock.now())
}

test('what went well is counted from the files of the mailbox and the database', async () => {
  const report = await reportAfter(() => {})
  expect(report).toMatchObject({
    queued: 3,
    sent: 3,
    skipped: {},
    failed: 0,
    uncertain: 0,
    duplicates: 0,
    lost: 0,
    outsideHours: 0,
    simulatedDays: 1,
  })
  expect(report.gapMinutes.min).toBeGreaterThanOrEqual(6)
  expect(report.gapMinutes.median).toBeLessThanOrEqual(report.gapMinutes.max)
})

test('a second mail to the same person is a duplicate', async () => {
  const report = await reportAfter((sent, [first = '']) => copyFileSync(join(sent, first), join(sent, 'again.eml')))
  expect(report).toMatchObject({ sent: 4, duplicates: 1, lost: 0 })
})

test('a mail that the database calls sent and the mailbox does not have is lost', async () => {
  const report = await reportAfter((sent, [first = '']) => rmSync(join(sent, first)))
  expect(report).toMatchObject({ queued: 3, sent: 2, duplicates: 0, lost: 1 })
})

test('a mail dated outside the hours is counted', async () => {
  const report = await reportAfter((sent, [first = '']) => {
    const file = join(sent, first)
    const sunday = 'Date: Sun, 01 Mar 2026 12:00:00 +0000\r\n'
    writeFileSync(file, readFileSync(file, 'utf8').replace(/^Date: .*\r\n/m, sunday))
  })
  expect(report).toMatchObject({ sent: 3, outsideHours: 1, lost: 0, simulatedDays: 2 })
})
