import { expect, test } from 'vitest'
import { findBarriers } from '#test/support/axe'
import { browserOfFile, EVERYBODY, startWithSamples, visit } from '#test/support/journey'
import { serveForTest } from '#test/support/serve-for-test'
import type { Lead } from '#shared/contract/leads'
import { DEFAULT_POLICY } from '#shared/domain/policy'

const open = browserOfFile()

test.for(['light', 'dark'] as const)(
  'a rep writes with snippets, days and alternatives, and writes one mail over, %s',
  async (scheme) => {
    await using app = await serveForTest()
    const { page, problems } = await open(app, { scheme })
    const barriers: string[] = []
    const look = async (): Promise<void> => {
      // A menu that is closing is one without items.
      await page.locator('[role="menu"]').first().waitFor({ state: 'detached' })
      barriers.push(...(await findBarriers(page)))
    }
    await startWithSamples(page)

    await visit(page, 'templates?template=new')
    await page.getByRole('button', { name: 'Snippets' }).click()
    await page.getByRole('menuitem', { name: 'Write the first snippet' }).click()
    await page.getByRole('button', { name: 'New snippet' }).click()
    await page.getByLabel('Name').last().fill('Sign-off')
    await page.getByRole('dialog').getByRole('textbox', { name: 'Text' }).fill('Best wishes,\n{{senderName}}')
    await look()
    await page.getByRole('button', { name: 'Save snippet' }).click()
    await page.getByRole('button', { name: 'Edit Sign-off' }).waitFor()
    await look()
    await page.keyboard.press('Escape')

    await page.getByLabel('Name').fill('A call')
    await page.getByLabel('Subject').fill('A call this Friday?')
    const text = page.getByRole('textbox', { name: 'Text' })
    await text.click()
    await page.getByRole('button', { name: 'Alternatives' }).click()
    await page.keyboard.type(' {{firstName}}, is ')
    await page.getByRole('button', { name: 'Days' }).click()
    await page.getByRole('menuitem', { name: 'Next working day' }).click()
    await page.keyboard.type(' good, or rather this Thursday? Or shall I write tomorrow?\n\n')
    await page.getByRole('button', { name: 'Snippets' }).click()
    await page.getByRole('menuitem', { name: 'Sign-off' }).click()
    expect(await text.inputValue()).toBe(
      '{{pick "Hi" | "Hello" | "Good day"}} {{firstName}}, is {{nextWorkday}} good, or rather this Thursday? Or shall I write tomorrow?\n\nBest wishes,\n{{senderName}}',
    )
    await page.getByText('One of 3 versions of this mail').waitFor()
    await page.getByText('Nothing in it looks like bulk mail.').waitFor()
    const used = page.getByRole('group', { name: 'Fields in this text' })
    await used.getByRole('button', { name: 'First name, required' }).press('Enter')
    await page.getByRole('textbox', { name: 'For a lead without: First name' }).fill('there')
    await look()
    await page.keyboard.press('Enter')
    await used.getByRole('button', { name: 'First name, else “there”' }).waitFor()
    expect(await text.inputValue()).toContain('{{firstName | default: "there"}}, is')
    await used.getByRole('button', { name: 'First name, else “there”' }).press('Enter')
    await page.getByRole('button', { name: 'Leave such leads out' }).press('Enter')
    await used.getByRole('button', { name: 'First name, required' }).waitFor()

    await page.getByLabel('Subject').fill('FREE OFFER: a call this Friday?')
    await page.getByText('2 hints to make it read better').press('Enter')
    await page.getByText('is what spam filters look for.').waitFor()
    await look()
    await page.getByRole('button', { name: 'FREE OFFER' }).press('Enter')
    expect(await page.getByLabel('Subject').evaluate(chosenText)).toBe('FREE OFFER')
    await page.getByLabel('Subject').fill('A call this Friday?')
    await page.getByText('Nothing in it looks like bulk mail.').waitFor()
    await page.getByText('is Tuesday good').waitFor()
    await look()
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await page.getByText('Version 1').waitFor()

    const { rooms } = app.engine
    const { rows } = rooms.leads.list({ filter: EVERYBODY, sort: 'oldest', offset: 0, limit: 1 })
    const [{ id: leadId }] = rows as [Lead]
    await rooms.leads.review({ by: 'ids', ids: [leadId] }, 'approved')
    const template = rooms.templates.list(false).find(({ name }) => name === 'A call')
    const mailbox = rooms.mailboxes.list()[0]
    const daysOff = ['2026-03-02', '2026-03-03', '2026-03-04', '2026-03-05']
    rooms.mailboxes.savePolicy(mailbox?.id ?? 0, { ...(mailbox?.policy ?? DEFAULT_POLICY), daysOff })
    rooms.dispatch.queue(
      {
        selection: { by: 'ids', ids: [leadId] },
        templateId: template?.id ?? 0,
        mailboxId: mailbox?.id ?? 0,
        at: null,
        priority: 1,
        useLeadZone: false,
      },
      { requestKey: 'pressed-once', name: '' },
    )
    await visit(page, 'queue')
    // With its time the list stands still; before that a click may meet a row that is being replaced.
    await page.getByText('Day off').first().waitFor()
    await page.getByText('A call this Friday?').first().click()
    await page.getByText('Some of this will not be true when it goes').waitFor()
    await look()
    await page.getByRole('button', { name: 'Edit the text' }).click()
    await page.getByRole('dialog').getByLabel('Subject').fill('Only for you')
    await look()
    await page.getByRole('button', { name: 'Save the text' }).click()
    await page.getByText('You changed its text.').waitFor()
    await page.getByRole('heading', { name: 'Only for you' }).waitFor()
    await look()
    expect(barriers).toEqual([])
    expect(problems).toEqual([])
    await page.context().close()
  },
)

function chosenText(field: Element): string {
  return field instanceof HTMLInputElement
    ? field.value.slice(field.selectionStart ?? 0, field.selectionEnd ?? 0)
    : 'no field'
}
