import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import PostalMime from 'postal-mime'
import { expect, test } from 'vitest'
import { manyBytes } from '#test/mailbox/outgoing-mail'
import { findBarriers } from '#test/support/axe'
import { browserOfFile, goTo, startWithSamples } from '#test/support/journey'
import { type ServedApp, serveForTest } from '#test/support/serve-for-test'

const HOUR = 3_600_000
const OFFER = { name: 'Angebot für Müller.pdf', mimeType: 'application/pdf', buffer: manyBytes(1_600_000) }
const PROGRAM = { name: 'setup.exe', mimeType: 'application/octet-stream', buffer: Buffer.from('MZ') }

const open = browserOfFile()

/** By keyboard, then in the system's own window. */
async function pick(page: Page, files: (typeof OFFER)[]): Promise<void> {
  const chooser = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'Attach files' }).press('Enter')
  await (await chooser).setFiles(files)
}

async function drop(page: Page, name: string, text: string): Promise<void> {
  const files = await page.evaluateHandle(
    (file) => {
      const transfer = new DataTransfer()
      transfer.items.add(new File([file.text], file.name))
      return transfer
    },
    { name, text },
  )
  await page.getByLabel('Subject').dispatchEvent('drop', { dataTransfer: files })
}

/** The bytes of the file of each mail that the practice mailbox "sent". */
async function carried(app: ServedApp): Promise<(readonly [string | null, boolean])[][]> {
  const folder = join(app.dataFolder, 'practice', '1', 'sent')
  const mails = await Promise.all(readdirSync(folder).map((name) => PostalMime.parse(readFileSync(join(folder, name)))))
  return mails.map(({ attachments }) =>
    attachments.map(({ filename, content }) => {
      const bytes = Buffer.from(content as ArrayBuffer)
      return [filename, bytes.equals(OFFER.buffer)] as const
    }),
  )
}

test.each(['light', 'dark'] as const)('files are attached, seen before they leave, and leave: %s', async (scheme) => {
  await using app = await serveForTest()
  const { page, problems } = await open(app, { scheme, isStill: true })
  await startWithSamples(page)
  await page.getByRole('grid', { name: 'Leads' }).focus()
  for (const key of ['a', 'a']) await page.keyboard.press(key)
  await page.getByRole('button', { name: /^Approved\s*2$/ }).waitFor()

  await goTo(page, 'Templates')
  await page.getByRole('region', { name: 'Preview' }).getByText('Hi', { exact: false }).first().waitFor()
  // Away from the link that was clicked.
  await page.mouse.move(640, 400)
  const files = page.getByRole('group', { name: 'Attachments' })
  await pick(page, [OFFER, PROGRAM])
  await files.getByText('1 file, 1.6 MB of 25 MB').waitFor()
  await page.getByRole('alert').getByText('“setup.exe” was not added: Gmail and Outlook turn away').waitFor()
  await drop(page, 'C:\\prices.csv', 'a;b')
  await files.getByText('2 files, 1.6 MB of 25 MB').waitFor()
  expect(await findBarriers(page)).toEqual([])

  await page.getByRole('button', { name: 'Remove prices.csv' }).focus()
  await page.keyboard.press('Enter')
  await files.getByText('1 file, 1.6 MB of 25 MB').waitFor()
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Attach files')
  await page.keyboard.press('Control+s')
  await page.getByText(/^Version 2, saved/).waitFor()

  await goTo(page, 'Dispatch')
  await page.mouse.move(640, 400)
  const preview = page.getByRole('region', { name: 'Preview' })
  await preview.getByRole('list', { name: 'Attached files' }).getByText(OFFER.name).waitFor()
  expect(await findBarriers(page)).toEqual([])
  await page.getByRole('button', { name: 'Dispatch all (2)' }).click()
  await page.getByText('Queued (1/2 sent)').first().waitFor()
  await goTo(page, 'Queue')
  await page.getByRole('grid').press('o')
  const waiting = page.getByRole('dialog').getByRole('list', { name: 'Attached files' })
  await waiting.getByText('1.6 MB').waitFor()
  expect(await waiting.innerText()).toContain(OFFER.name)
  await page.keyboard.press('Escape')
  await app.run(2 * HOUR)
  await page.getByText('Today 2 sent').waitFor()
  await goTo(page, 'Mailboxes')
  await page.getByRole('button', { name: 'Practice mail' }).click()
  const sent = page.getByRole('dialog').getByRole('list', { name: 'Attached files' })
  await sent.getByText(OFFER.name).waitFor()
  expect(await carried(app)).toEqual([[[OFFER.name, true]], [[OFFER.name, true]]])
  expect(problems).toEqual([])
  await page.context().close()
})
