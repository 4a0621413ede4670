import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { findBarriers } from '#test/support/axe'
import { browserOfFile, EVERYBODY, startWithSamples, visit } from '#test/support/journey'
import { type ServedApp, serveForTest } from '#test/support/serve-for-test'

const open = browserOfFile()

/** As the desktop shell opens it. */
async function follow(page: Page, link: string): Promise<void> {
  await visit(page, `open?link=${encodeURIComponent(link)}`)
}

const ALL_EVENTS = {
  kinds: [],
  mailboxId: null,
  campaignId: null,
  leadId: null,
  since: null,
  until: null,
  search: '',
}

/** Everything a link could have changed. */
function traces({ engine }: ServedApp): object {
  const { leads, sendList, templates, app, activity } = engine.rooms
  return {
    leads: leads.list({ filter: EVERYBODY, sort: 'oldest', offset: 0, limit: 200 }),
    sends: [...sendList.byStatus()],
    templates: templates.list(false).length,
    isPaused: app.isPaused(),
    events: activity.page({ ...ALL_EVENTS, before: null, limit: 500 }),
  }
}

const LINK =
  'mailto:ann@corp.example?subject=Your%20question&body=Dear%20Ann,%0D%0A%0D%0A**here**%20it%20is:%20{{firstName}}%20costs%205%20Euro.'

test.for(['light', 'dark'] as const)(
  'a mailto: link to somebody new leads over the form to Dispatch, where its words are read before they are kept, %s',
  async (scheme) => {
    await using app = await serveForTest()
    const { page, problems } = await open(app, { scheme, isStill: true })
    await startWithSamples(page)
    await follow(page, LINK)
    await page.getByRole('heading', { level: 1, name: 'Add a lead' }).waitFor()
    expect(await findBarriers(page)).toEqual([])
    expect(await page.getByLabel('Email address').inputValue()).toBe('ann@corp.example')
    await page.getByLabel('First name').fill('Ann')
    await page.getByRole('combobox', { name: 'Why you may write to them' }).click()
    await page.getByRole('option', { name: 'They asked me about it' }).click()
    await page.getByLabel('Since when').fill('2026-02-20')
    await page.getByLabel('Proof').fill('Her mail of that day')
    await page.getByRole('button', { name: 'Add and go on to the mail' }).click()

    const form = page.getByRole('dialog', { name: 'The mail to Ann' })
    await form.getByText('These words come from a link.').waitFor()
    expect(await form.getByLabel('Subject').inputValue()).toBe('Your question')
    expect(await form.getByLabel('Text').inputValue()).toMatch(
      /^Dear Ann,\n\n.*here.* it is: \{\{firstName\}\} costs 5 Euro\./,
    )
    expect(await findBarriers(page)).toEqual([])
    // What would be read as a field is refused, so that it cannot slip by.
    await form.getByRole('button', { name: 'Save the text' }).click()
    await form.getByRole('alert').waitFor()
    await form.getByLabel('Text').fill('Dear Ann,\n\nhere it is.')
    await form.getByRole('button', { name: 'Save the text' }).click()
    await form.waitFor({ state: 'detached' })
    await page.getByText('1 mail edited by hand.').waitFor()
    await page.locator('button:enabled', { hasText: 'Dispatch all (1)' }).waitFor()
    expect([...app.engine.rooms.sendList.byStatus()]).toEqual([])
    expect(await findBarriers(page)).toEqual([])
    expect(problems).toEqual([])
    await page.context().close()
  },
)

test('a link to a lead goes straight to the mail, and one that names several people asks which', async () => {
  await using app = await serveForTest()
  const { page, problems } = await open(app, { isStill: true })
  await startWithSamples(page)
  const [lead] = app.engine.rooms.leads.list({ filter: EVERYBODY, sort: 'oldest', offset: 0, limit: 1 }).rows
  await follow(page, `mailto:someone@else.example,${lead?.email.toUpperCase()}?subject=Hello`)
  await page.getByRole('heading', { level: 1, name: 'Who is it for?' }).waitFor()
  expect(await findBarriers(page)).toEqual([])
  await page
    .getByRole('main')
    .getByRole('link', { name: lead?.email.toUpperCase() ?? '' })
    .click()
  const form = page.getByRole('dialog', { name: /^The mail to / })
  await form.getByText('These words come from a link.').waitFor()
  expect(await form.getByLabel('Subject').inputValue()).toBe('Hello')
  await page.keyboard.press('Escape')
  await form.waitFor({ state: 'detached' })
  expect(await page.getByText('edited by hand').count()).toBe(0)
  expect(problems).toEqual([])
  await page.context().close()
})

test('a pacemail: link opens the page it names', async () => {
  await using app = await serveForTest()
  const { page } = await open(app, { isStill: true })
  await startWithSamples(page)
  await page.goto(`${page.url().split('#')[0]}#/open?link=${encodeURIComponent('pacemail://queue/')}`)
  await page.getByRole('heading', { level: 1, name: 'Queue' }).waitFor()
  expect(new URL(page.url()).hash).toBe('#/queue')
  await page.context().close()
})

test('links that mean harm open nothing and change nothing', async () => {
  await using app = await serveForTest()
  const { page, problems } = await open(app, { isStill: true })
  await startWithSamples(page)
  const before = traces(app)
  for (const link of HOSTILE) {
    await follow(page, link)
    await page.getByRole('heading', { name: 'Pacemail cannot open this link' }).waitFor()
  }
  expect(await findBarriers(page)).toEqual([])
  expect(traces(app)).toEqual(before)
  expect(problems).toEqual([])
  await page.context().close()
})

const HOSTILE = [
  'javascript:alert(1)',
  'https://evil.test/',
  'pacemail://send-all',
  'pacemail://dispatch?selection={"by":"filter","filter":{}}',
  'pacemail://queue#/settings',
  'pacemail://../../settings',
  'pacemail:__proto__',
  'mailto:',
  'mailto:ann@corp.example%0ABcc:x@evil.test',
  'mailto:"ann"@corp.example',
  'mailto:<img src=x onerror=alert(1)>',
  `mailto:ann@corp.example?body=${'x'.repeat(3_000)}`,
  'mailto:%00',
  '{"by":"filter"}',
]
