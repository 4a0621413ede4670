/** A campaign of three mails to sample leads, and what a rep does in its editor. */
import type { Locator, Page } from 'playwright-core'
import { approveFirst, EVERYBODY, startWithSamples } from './journey.ts'
import type { ServedApp } from './serve-for-test.ts'
import { ALWAYS, policyWith } from './start-test-engine.ts'

/** The first four leads are approved, and there are three templates and a practice mailbox that is always open. */
export async function haveSamples(app: ServedApp, page: Page): Promise<void> {
  await startWithSamples(page)
  const { mailboxDesk, templates } = app.engine.rooms
  mailboxDesk.mailboxes.savePolicy(1, policyWith({ hours: ALWAYS }))
  for (const name of ['Second note', 'Last word']) {
    templates.save(null, name, { subject: name, body: 'Hello {{firstName}}, just a word.', format: 'plain' })
  }
  await approveFirst(app, 4)
}

export function createCampaign(app: ServedApp): number {
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

/** A draft with everybody in it. */
export function fillCampaign(app: ServedApp): number {
  const campaignId = createCampaign(app)
  const everybody = { by: 'filter' as const, filter: { ...EVERYBODY, review: 'approved' as const }, except: [] }
  app.engine.rooms.campaignLeads.addLeads(campaignId, everybody, { acceptsFailedChecks: false })
  return campaignId
}

export function startCampaign(app: ServedApp): void {
  app.engine.rooms.campaignLeads.start(fillCampaign(app), { acceptsFailedChecks: false })
}

/** The fields of one mail in the editor. */
export function mail(page: Page, step: number): Locator {
  return page.getByRole('group', { name: new RegExp(`^Mail ${step}`) })
}

export async function chooseTemplate(page: Page, step: number, name: string): Promise<void> {
  await mail(page, step).getByLabel('Template').first().click()
  await page.getByRole('option', { name }).click()
}

/** By focus and Enter, as somebody without a mouse does. */
export async function press(page: Page, button: Locator): Promise<void> {
  await button.focus()
  await page.keyboard.press('Enter')
}
