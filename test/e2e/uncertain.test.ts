import { expect, test } from 'vitest'
import { mailRoom } from '#electron/mailbox/open-provider'
import { AppError } from '#shared/errors'
import { findBarriers } from '#test/support/axe'
import { asTestEngine, browserOfFile } from '#test/support/journey'
import { createFakeMailbox } from '#test/support/fake-mailbox'
import { serveForTest } from '#test/support/serve-for-test'
import { dispatchAll, stock } from '#test/support/stock'

const MINUTE = 60_000

const open = browserOfFile()

test('the rep reads what was found about an uncertain mail, has it looked for again, and it is settled', async () => {
  const mailbox = createFakeMailbox()
  mailbox.proofTimes = {
    firstLookMs: MINUTE,
    draftAgeMs: 0,
    draftLooks: 1,
    betweenLooksMs: MINUTE,
    giveUpMs: 2 * MINUTE,
  }
  mailbox.next.push('accepts but the answer is lost')
  const find = mailbox.provider.findDraft
  let look = 0
  let isLate = true
  Object.assign(mailbox.provider, {
    looksAt: ['draft', 'thread', 'sent'],
    findDraft: async (...args: Parameters<typeof find>) => {
      look += 1
      if (look === 2) throw new AppError('mail.unreachable', 'no connection')
      return isLate ? { fate: 'unknown' } : find(...args)
    },
  })
  await using app = await serveForTest({ mail: { ...mailRoom, open: async () => mailbox.provider } })
  const engine = asTestEngine(app)
  await dispatchAll(engine, await stock(engine, 1))
  await app.run(0)
  await app.run(10 * MINUTE)

  const { page, problems } = await open(app, { isStill: true })
  await page
    .getByRole('navigation')
    .getByRole('link', { name: /^Queue/ })
    .click()
  await page.getByRole('tab', { name: /^Uncertain/ }).click()
  const evidence = page.getByRole('list', { name: /^What was found about the mail to/ })
  await evidence.waitFor()
  expect(await evidence.getByRole('listitem').allTextContents()).toEqual([
    expect.stringContaining('not there. That alone does not prove'),
    expect.stringContaining('could not be reached, so nobody could look'),
    expect.stringContaining('Looked in the drafts, in its conversation, in Sent: not there'),
    expect.stringContaining('not there'),
  ])
  expect(await findBarriers(page)).toEqual([])

  const again = page.getByRole('button', { name: /^Look again for the mail to/ })
  await again.focus()
  await page.keyboard.press('Enter')
  await page.getByText('It was not found, which does not prove that it was not sent.').waitFor()

  isLate = false
  await again.click()
  await page.getByText('It is among the sent mail: it went out.').waitFor()
  await evidence.waitFor({ state: 'detached' })
  expect(mailbox.sendCalls).toBe(1)
  expect(problems).toEqual([])
})
