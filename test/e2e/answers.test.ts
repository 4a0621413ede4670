import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { findBarriers } from '#test/support/axe'
import { approveFirst, browserOfFile, goTo, startWithSamples } from '#test/support/journey'
import { type ServedApp, serveForTest } from '#test/support/serve-for-test'
import { ALWAYS, policyWith } from '#test/support/start-test-engine'

const MINUTE = 60_000

const open = browserOfFile()

test('in the practice mailbox somebody answers in each of the four ways, and one of them is taken back', async () => {
  await using app = await serveForTest()
  const { page, problems } = await open(app, { isStill: true })
  await sendFourMails(app, page)

  await goTo(page, 'Mailboxes')
  await page.getByRole('button', { name: 'Practice mail' }).click()
  for (const [index, answer] of ['Reply', 'Out of office', 'Bounce', 'Opt-out'].entries()) {
    await letAnswer(page, index, answer)
    await app.run(MINUTE)
  }
  await page.getByRole('dialog', { name: 'Practice mail' }).getByRole('button', { name: 'Close' }).click()
  await page.getByRole('dialog').waitFor({ state: 'detached' })

  await page.keyboard.press('g')
  await page.keyboard.press('r')
  const list = page.getByRole('grid', { name: 'Answers' })
  for (const verdict of ['Replied', 'Out of office', 'Bounced', 'Opted out']) {
    await list.getByText(verdict, { exact: true }).waitFor()
  }
  expect(await list.getByText(/back on /).count()).toBe(1)
  expect(await findBarriers(page)).toEqual([])

  await list.getByRole('row', { name: /Opted out/ }).click()
  const drawer = page.getByRole('dialog')
  await drawer.getByText('The address is on your do-not-contact list').waitFor()
  await drawer.getByText('Its own words ask not to be written to').waitFor()
  expect(await findBarriers(page)).toEqual([])
  await drawer.getByRole('button', { name: 'Take back' }).click()
  await page.getByText('Mail that was skipped meanwhile stays skipped.').waitFor()
  await page.getByRole('button', { name: 'Take it back' }).click()
  await drawer.getByText('it has no effect any more').waitFor()
  await page.keyboard.press('Escape')
  await list.getByText('Taken back', { exact: true }).waitFor()

  await goTo(page, 'Queue')
  await page.getByRole('tab', { name: /^Sent/ }).click()
  for (const outcome of ['Replied', 'Automatic answer', 'Bounced']) {
    await page.getByRole('row').filter({ hasText: 'Sent' }).getByText(outcome, { exact: true }).waitFor()
  }
  expect(await page.getByRole('row').getByText('Opted out', { exact: true }).count()).toBe(0)
  expect(problems).toEqual([])
  await page.context().close()
})

test('the list of answers is filtered and read with the keyboard alone', async () => {
  await using app = await serveForTest()
  const { page, problems } = await open(app, { isStill: true })
  await sendFourMails(app, page)
  for (const [index, verdict] of (['replied', 'bounced'] as const).entries()) {
    await app.engine.rooms.answers.invent(index + 1, verdict)
    await app.run(MINUTE)
  }

  await goTo(page, 'Answers')
  const list = page.getByRole('grid', { name: 'Answers' })
  await list.getByText('Bounced', { exact: true }).waitFor()
  await list.focus()
  await page.keyboard.press('j')
  await page.keyboard.press('Enter')
  await page.getByRole('dialog').getByText('Nothing more is sent to this person').waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })

  await page.getByRole('group', { name: 'Show' }).getByRole('button', { name: 'Replied' }).focus()
  await page.keyboard.press('Enter')
  await list.getByText('Bounced', { exact: true }).waitFor({ state: 'detached' })
  await list.getByText('Replied', { exact: true }).waitFor()
  expect(page.url()).toContain('verdict=replied')
  expect(problems).toEqual([])
  await page.context().close()
})

test('without a client id the page shows how to make one, and a running sign-in survives a reload', async () => {
  await using app = await serveForTest()
  const { page, problems } = await open(app, { isStill: true })
  await page.getByRole('button', { name: 'Connect my mailbox' }).click()
  await page.getByRole('button', { name: 'Gmail', exact: true }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByText('Switch the Gmail API on').waitFor()
  expect(await findBarriers(page)).toEqual([])

  await dialog.getByLabel('Client ID', { exact: true }).fill('123-abc.apps.googleusercontent.com')
  await dialog.getByRole('button', { name: 'Save and go on' }).click()
  await dialog.getByText('Google demands the client secret as well').waitFor()
  await dialog.getByLabel('Client secret', { exact: true }).fill('GOCSPX-not-so-secret')
  await dialog.getByRole('button', { name: 'Save and go on' }).click()
  await dialog.getByRole('button', { name: 'Sign in with Google' }).click()
  await dialog.getByText('Finish signing in in your browser').waitFor()

  await page.reload()
  const link = dialog.getByRole('link', { name: 'Open the sign-in page' })
  expect(await link.getAttribute('href')).toMatch(/^https:\/\/accounts\.google\.com\/.*client_id=123-abc/)
  expect(await findBarriers(page)).toEqual([])
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  await dialog.waitFor({ state: 'detached' })
  expect(app.engine.rooms.mailboxDesk.mailboxes.list()).toEqual([])
  expect(problems).toEqual([])
  await page.context().close()
})

/** Four of the sample leads get a mail from a practice mailbox that is always open. */
async function sendFourMails(app: ServedApp, page: Page): Promise<void> {
  await startWithSamples(page)
  const { mailboxDesk } = app.engine.rooms
  mailboxDesk.mailboxes.savePolicy(1, policyWith({ hours: ALWAYS }))
  await approveFirst(app, 4)
  await goTo(page, 'Dispatch')
  await page.getByRole('button', { name: 'Dispatch all (4)' }).click()
  await page
    .getByText(/Queued \(\d\/4 sent\)/)
    .first()
    .waitFor()
  await app.run(120 * MINUTE)
  await page.getByText('All emails dispatched').first().waitFor()
}

async function letAnswer(page: Page, index: number, answer: string): Promise<void> {
  const dialog = page.getByRole('dialog', { name: 'Practice mail' })
  await dialog
    .getByRole('button', { name: /A question about/ })
    .nth(index)
    .click()
  await dialog.getByRole('button', { name: 'Let somebody answer' }).click()
  await page.getByRole('menuitem', { name: answer, exact: true }).click()
  await page
    .getByRole('alert')
    .filter({ hasText: new RegExp(`An invented ${answer.replaceAll(' ', '.')}`, 'i') })
    .waitFor()
}
