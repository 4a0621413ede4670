import type { Locator, Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { findBarriers } from '#test/support/axe'
import { approveFirst, browserOfFile, EVERYBODY, goTo, startWithSamples, visit } from '#test/support/journey'
import { type ServedApp, serveForTest } from '#test/support/serve-for-test'
import { ALWAYS, policyWith } from '#test/support/start-test-engine'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

const open = browserOfFile()

test('a three-step campaign is built, filled and started; an answer stops what would have followed; cancelling says how much', async () => {
  await using app = await serveForTest()
  const { page, problems } = await open(app, { isStill: true })
  await haveSamples(app, page)

  await goTo(page, 'Campaigns')
  await page.getByText('No campaign yet').waitFor()
  await page.getByRole('link', { name: 'New campaign' }).first().click()
  await page.getByRole('textbox', { name: 'Name' }).fill('Clinics in the north')
  await chooseTemplate(page, 1, 'First hello')
  await chooseTemplate(page, 2, 'Second note')
  await chooseTemplate(page, 3, 'Last word')
  await mail(page, 2).getByText('3 working days after mail 1, as an answer in the same thread').waitFor()
  await moveOnLine(page)
  expect(await findBarriers(page)).toEqual([])
  await page.getByRole('button', { name: 'Save and add people' }).click()

  const adding = page.getByRole('dialog', { name: 'Add people' })
  await adding.getByText('4 people can be written to.').waitFor()
  await adding.getByRole('region', { name: 'Plan' }).getByText('Mon 2 Mar').waitFor()
  expect(await findBarriers(page)).toEqual([])
  await adding.getByRole('button', { name: 'Add 4 people' }).click()
  const start = page.getByRole('region', { name: 'Start' })
  await start.getByRole('region', { name: 'Plan' }).getByText('Thu 5 Mar').waitFor()
  await start.getByRole('button', { name: 'Start with 4 people' }).click()
  await page.getByText(/of 12 mails sent/).waitFor()

  await app.run(2 * HOUR)
  await page.getByText('4 of 12 mails sent (33 %) · 8 waiting').waitFor()
  await page.getByText(/^Sent: \d in the last hour, 4 in the last 24 hours$/).waitFor()
  await app.engine.rooms.answers.invent(1, 'replied')
  await app.run(5 * MINUTE)
  const people = page.getByRole('grid', { name: 'People' })
  const answered = people.getByRole('row').filter({ hasText: 'Replied' })
  await answered.getByText('Skipped').first().waitFor()
  expect(await answered.getByText('Skipped').count()).toBe(2)
  expect(await findBarriers(page)).toEqual([])

  await answered.click()
  const drawer = page.getByRole('dialog')
  await drawer.getByText('This person has already answered.').first().waitFor()
  await drawer.getByRole('link', { name: 'Open mail 2' }).click()
  await page.getByRole('heading', { level: 1, name: 'Queue' }).waitFor()
  await page.getByRole('dialog').getByText('This person has already answered.', { exact: true }).waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })

  await page.getByRole('tab', { name: /^Waiting/ }).click()
  await page.getByText('Mail 2 of 3').first().waitFor()
  await goTo(page, 'Campaigns')
  await pauseAndResume(app, page)

  await page.getByRole('button', { name: 'More for Clinics in the north' }).click()
  await page.getByRole('menuitem', { name: 'Cancel the campaign' }).click()
  await page.getByText('6 waiting mails of “Clinics in the north” will be stopped').waitFor()
  await page.getByRole('button', { name: 'Cancel 6 mails' }).click()
  await page.getByText('Cancelled: 6 mails stopped.').waitFor()
  await page.getByText('Cancelled', { exact: true }).waitFor()
  await app.run(30 * DAY)
  expect(app.engine.rooms.sendList.byStatus().get('sent')).toBe(4)
  await putAwayAndDuplicate(page)
  expect(problems).toEqual([])
  await page.context().close()
})

test('a running campaign is changed: it says before what it will do, and afterwards what it did', async () => {
  await using app = await serveForTest()
  const { page, problems } = await open(app, { isStill: true })
  await haveSamples(app, page)
  startCampaign(app)
  await app.run(2 * HOUR)

  await goTo(page, 'Campaigns')
  await page.getByRole('link', { name: 'Clinics in the north' }).click()
  await page.getByRole('button', { name: 'Edit' }).click()
  await page.getByRole('button', { name: 'Remove mail 3' }).click()
  await page.getByText(/^With this: last mail .* instead of .*\. 4 mails fewer would go\.$/).waitFor()
  expect(await findBarriers(page)).toEqual([])
  await chooseTemplate(page, 2, 'Last word')
  await page.getByRole('button', { name: 'Save' }).click()
  const question = page.getByRole('dialog', { name: 'Save this change?' })
  await question.getByText('Mail 2 changes: what waits of it is written anew.').waitFor()
  await question.getByText('Mail 3 is gone: what waits of it is cancelled.').waitFor()
  expect(await findBarriers(page)).toEqual([])
  await question.getByRole('button', { name: 'Save the change' }).click()
  await page.getByText('Saved: 4 mails written anew, 4 mails cancelled.').waitFor()
  await page.getByRole('tab', { name: 'Mails 2' }).click()
  await page.getByRole('region', { name: 'Line of time' }).getByText('4 people next').waitFor()
  await page.getByText('4 of 4 replied').waitFor({ state: 'detached' })
  await page.getByText(/0 of 4 replied, not enough data/).waitFor()
  expect(await findBarriers(page)).toEqual([])
  expect(problems).toEqual([])
  await page.context().close()
})

test('leads chosen on the Leads page join a campaign, and one of them is taken out, with the keyboard alone', async () => {
  await using app = await serveForTest()
  const { page, problems } = await open(app, { isStill: true })
  await haveSamples(app, page)
  createCampaign(app)

  const leads = page.getByRole('grid', { name: 'Leads' })
  await leads.focus()
  await page.keyboard.press('Control+a')
  await press(page, page.getByRole('button', { name: 'Campaign…' }))
  await page.keyboard.press('ArrowDown')
  await page.getByRole('menuitem', { name: 'Clinics in the north' }).press('Enter')
  const adding = page.getByRole('dialog', { name: 'Add people' })
  await adding.getByText('4 people can be written to.').waitFor()
  await adding.getByText('49 leads cannot: who and why').waitFor()
  await press(page, adding.getByRole('button', { name: 'Add 53 people' }))
  await page.getByText('53 people added.').waitFor()
  await adding.waitFor({ state: 'detached' })

  const people = page.getByRole('grid', { name: 'People' })
  await people.getByText('Ava Lindqvist').waitFor()
  await people.focus()
  await page.keyboard.press('x')
  await page.getByText('1 of 53 people chosen').waitFor()
  await page.keyboard.press('Shift+ArrowDown')
  await page.getByText('2 of 53 people chosen').waitFor()
  await press(page, page.getByRole('button', { name: 'Take out' }))
  await press(page, page.getByRole('dialog').getByRole('button', { name: 'Take out' }))
  await page.getByRole('tab', { name: 'People 51' }).waitFor()
  await page.getByRole('button', { name: 'Start with 2 people' }).waitFor()
  expect(problems).toEqual([])
  await page.context().close()
})

test('somebody who was taken out is put back in, and adding people says so', async () => {
  await using app = await serveForTest()
  const { page, problems } = await open(app, { isStill: true })
  await haveSamples(app, page)
  startCampaign(app)
  await app.run(2 * HOUR)
  await visit(page, '/campaigns/1')
  const people = page.getByRole('grid', { name: 'People' })
  await people.getByRole('row').nth(1).click()
  const drawer = page.getByRole('dialog')
  await drawer.getByRole('button', { name: 'Take out' }).click()
  const question = page.getByRole('dialog', { name: 'Take 1 person out?' })
  await question.getByText('Put back in later, they go on where they were.').waitFor()
  await question.getByRole('button', { name: 'Take out' }).click()
  await question.waitFor({ state: 'detached' })
  await page.getByText('1 person taken out.').waitFor()
  const back = drawer.getByRole('button', { name: 'Put back in' })
  await back.waitFor()
  expect(await findBarriers(page)).toEqual([])
  await page.keyboard.press('Escape')
  await drawer.waitFor({ state: 'detached' })

  await page.getByRole('button', { name: 'Add people' }).first().click()
  const adding = page.getByRole('dialog', { name: 'Add people' })
  await adding.getByRole('checkbox', { name: 'Leave out people already written to' }).press('Space')
  await adding.getByText(/leads? cannot: who and why/).click()
  await adding.getByText(/You took them out of this campaign/).waitFor()
  expect(await adding.getByText('In this campaign already').count()).toBe(3)
  await page.keyboard.press('Escape')
  await adding.waitFor({ state: 'detached' })

  await people.getByRole('row').nth(1).click()
  await back.press('Enter')
  await page.getByText('1 person put back in: they go on where they were.').waitFor()
  await drawer.getByRole('button', { name: 'Take out' }).waitFor()
  expect(app.engine.rooms.sendList.byStatus().get('pending')).toBe(8)
  expect(problems).toEqual([])
  await page.context().close()
})

test('in the queue a follow-up is moved to another time, and another one is left out', async () => {
  await using app = await serveForTest()
  const { page, problems } = await open(app, { isStill: true })
  await haveSamples(app, page)
  startCampaign(app)
  await app.run(2 * HOUR)

  await goTo(page, 'Queue')
  const list = page.getByRole('grid', { name: 'Waiting' })
  await list.getByText('Mail 2 of 3').first().waitFor()
  await list.focus()
  await page.keyboard.press('x')
  await page.getByRole('button', { name: 'Move to…' }).click()
  const moving = page.getByRole('dialog', { name: 'Move to another time' })
  await moving.getByRole('button', { name: 'Monday 9:00' }).click()
  expect(await findBarriers(page)).toEqual([])
  await moving.getByRole('button', { name: 'Move' }).click()
  await page.getByText('1 mail moved to that time.').waitFor()
  await list.getByText('Your time').waitFor()
  await moving.waitFor({ state: 'detached' })

  await list.focus()
  await page.keyboard.press('x')
  await page.getByRole('button', { name: 'Leave out' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Leave out' }).click()
  await page.getByText('1 mail left out.').waitFor()
  await page.getByRole('tab', { name: /^Skipped/ }).click()
  await page.getByRole('grid').getByText('You left it out.').waitFor()
  expect(problems).toEqual([])
  await page.context().close()
})

/** The first four leads are approved, and there are three templates and a practice mailbox that is always open. */
async function haveSamples(app: ServedApp, page: Page): Promise<void> {
  await startWithSamples(page)
  const { mailboxDesk, templates } = app.engine.rooms
  mailboxDesk.mailboxes.savePolicy(1, policyWith({ hours: ALWAYS }))
  for (const name of ['Second note', 'Last word']) {
    templates.save(null, name, { subject: name, body: 'Hello {{firstName}}, just a word.', format: 'plain' })
  }
  await approveFirst(app, 4)
}

function createCampaign(app: ServedApp): number {
  const { campaignPlans, templates } = app.engine.rooms
  const idOf = (name: string) => templates.list(false).find((template) => template.name === name)?.id
  const names = ['First hello', 'Second note', 'Last word']
  return campaignPlans.create({
    name: 'Clinics in the north',
    steps: names.map((name, step) => ({
      delay: { days: step === 0 ? 0 : 3, unit: 'working_days' },
      threading: step === 0 ? 'new' : 'reply',
      templateIds: [idOf(name)],
    })),
    mailboxIds: [1],
    at: null,
    priority: 1,
    useLeadZone: false,
    missed: 'spread',
    expiresAfterHours: null,
  } as Parameters<typeof campaignPlans.create>[0])
}

function startCampaign(app: ServedApp): void {
  const { campaignLeads } = app.engine.rooms
  const campaignId = createCampaign(app)
  const everybody = { by: 'filter' as const, filter: { ...EVERYBODY, review: 'approved' as const }, except: [] }
  campaignLeads.addLeads(campaignId, everybody, { acceptsFailedChecks: false })
  campaignLeads.start(campaignId, { acceptsFailedChecks: false })
}

/** Nothing goes while it stands still, and it goes on afterwards. */
async function pauseAndResume(app: ServedApp, page: Page): Promise<void> {
  const card = page.getByRole('listitem', { name: 'Clinics in the north' })
  await card.getByRole('button', { name: 'Pause' }).click()
  await card.getByText('Paused', { exact: true }).waitFor()
  await app.run(10 * DAY)
  expect(app.engine.rooms.sendList.byStatus().get('sent')).toBe(4)
  expect(await findBarriers(page)).toEqual([])
  await card.getByRole('button', { name: 'Resume' }).click()
  await card.getByText('Running', { exact: true }).waitFor()
}

async function putAwayAndDuplicate(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'More for Clinics in the north' }).click()
  await page.getByRole('menuitem', { name: 'Put away' }).click()
  await page.getByText('No campaign yet').waitFor()
  await page.getByText('Put away', { exact: true }).click()
  await page.getByRole('listitem', { name: 'Clinics in the north' }).waitFor()
  await page.getByRole('button', { name: 'More for Clinics in the north' }).click()
  await page.getByRole('menuitem', { name: 'Duplicate' }).click()
  await page.getByRole('heading', { level: 1, name: 'Clinics in the north (copy)' }).waitFor()
  await page.getByText('Nobody is in it yet').waitFor()
  // Nothing was changed, so nothing is asked.
  await page.getByRole('button', { name: 'Edit' }).click()
  await mail(page, 3).waitFor()
  await page.getByRole('button', { name: 'Cancel' }).click()
  await page.getByRole('heading', { level: 1, name: 'Clinics in the north (copy)' }).waitFor()
}

function mail(page: Page, step: number): Locator {
  return page.getByRole('group', { name: new RegExp(`^Mail ${step}`) })
}

/** The drawn line: the third mail two days on by keyboard, the second one by pointer to the day before and back. */
async function moveOnLine(page: Page): Promise<void> {
  const line = page.getByRole('region', { name: 'Line of time' })
  const card = (step: number): Locator => line.getByRole('button', { name: new RegExp(`^Mail ${step}`) })
  await card(2).getByText('Thu 5 Mar, 3 working days after mail 1').waitFor()
  await card(2).getByText('Second note').waitFor()
  await card(3).focus()
  await page.keyboard.press('Shift+ArrowRight')
  await card(3).getByText('Fri 13 Mar, 8 working days after mail 2').waitFor()
  await page.keyboard.press('Shift+ArrowLeft')
  await card(3).getByText('Thu 12 Mar, 7 working days after mail 2').waitFor()
  await page.keyboard.press('ArrowLeft')
  await page.keyboard.press('Enter')
  expect(await mail(page, 2).getByRole('textbox', { name: 'Wait before mail 2' }).evaluate(isFocused)).toBe(true)

  const pulled = await card(2).boundingBox()
  const first = await card(1).boundingBox()
  if (pulled === null || first === null) throw new Error('no card')
  const dayPx = (pulled.x - first.x) / 3
  await page.mouse.move(pulled.x + 80, pulled.y + 20)
  await page.mouse.down()
  await page.mouse.move(pulled.x + 80 - dayPx, pulled.y + 20, { steps: 4 })
  await card(2).getByText('2 working days after mail 1').waitFor()
  await page.mouse.up()
  await card(2).getByText('Wed 4 Mar, 2 working days after mail 1').waitFor()
  await mail(page, 2).getByText('2 working days after mail 1, as an answer').waitFor()
  await mail(page, 2).getByRole('textbox', { name: 'Wait before mail 2' }).fill('3')
  await card(2).getByText('Thu 5 Mar').waitFor()
  await page.getByRole('button', { name: 'Add a mail' }).click()
  await card(4).getByText('No template yet').waitFor()
  await page.getByRole('button', { name: 'Remove mail 4' }).click()
  await card(4).waitFor({ state: 'detached' })
}

function isFocused(field: Element): boolean {
  return field === document.activeElement
}

async function chooseTemplate(page: Page, step: number, name: string): Promise<void> {
  await mail(page, step).getByLabel('Template').first().click()
  await page.getByRole('option', { name }).click()
}

/** By focus and Enter, as somebody without a mouse does. */
async function press(page: Page, button: Locator): Promise<void> {
  await button.focus()
  await page.keyboard.press('Enter')
}
