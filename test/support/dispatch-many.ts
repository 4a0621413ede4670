import type { Page } from 'playwright-core'
import { EVERYBODY } from '#test/support/journey'
import type { ServedApp } from '#test/support/serve-for-test'
import { ALWAYS, policyWith } from '#test/support/start-test-engine'
import { SENDER } from '#test/support/stock'

/** Queues a first mail to so many people from the mailbox that is there, on the page. */
export async function dispatchMany(app: ServedApp, page: Page, count: number): Promise<void> {
  const { rooms } = app.engine
  const [mailbox] = rooms.mailboxes.list()
  rooms.mailboxes.savePolicy(
    mailbox!.id,
    policyWith({ hours: ALWAYS, gapMs: { min: 60_000, max: 120_000 }, hourlyCap: 50 }),
  )
  rooms.mailboxes.saveSender(mailbox!.id, SENDER)
  const subject = 'A question, {{firstName | default: "you"}}'
  rooms.templates.save(null, 'Hello', { subject, body: 'Hi,\n\nmay I ask something?', format: 'plain' })
  const rows = Array.from({ length: count }, (_, n) => `p${n}@company${n}.example,Person${n}`)
  const bytes = new TextEncoder().encode(`email,first name\n${rows.join('\n')}\n`)
  await rooms.imports.importWhole({ fileName: 'many.csv', bytes, listName: 'Many' })
  await rooms.leads.review({ by: 'filter', filter: EVERYBODY, except: [] }, 'approved')
  await page.getByRole('navigation').getByRole('link', { name: 'Dispatch' }).click()
  await page.getByRole('button', { name: `Dispatch all (${count})` }).click()
  // No test mail was sent from here.
  await page.getByRole('button', { name: 'I know, queue them all the same' }).click()
  await page
    .getByText(new RegExp(`Queued \\(\\d+/${count} sent\\)`))
    .first()
    .waitFor()
}
