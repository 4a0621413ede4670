import { expect, test } from 'vitest'
import { GateName } from '#shared/domain/taxonomy'
import { findBarriers } from '#test/support/axe'
import { asTestEngine, browserOfFile, visit } from '#test/support/journey'
import { serveForTest } from '#test/support/serve-for-test'
import { dispatchAll, stock } from '#test/support/stock'

const open = browserOfFile()

test.for(['light', 'dark'] as const)(
  'the rep sees why a mail waits and what other limits would bring, %s',
  async (scheme) => {
    await using app = await serveForTest()
    const engine = asTestEngine(app)
    await dispatchAll(engine, await stock(engine, 120))
    await app.run(0)

    const { page, problems } = await open(app, { scheme, isStill: true })
    await visit(page, 'queue')
    await page.getByRole('row').filter({ hasText: 'Person5' }).first().dblclick()
    const drawer = page.getByRole('dialog')
    const why = drawer.getByRole('region', { name: 'Why then?' })
    await why.getByText(/^It goes (between|about)/).waitFor()
    await why.getByText(/3 mails of this mailbox go before it/).waitFor()
    const rules = why.getByRole('list').getByRole('listitem')
    expect(await rules.filter({ hasText: 'the reason' }).count()).toBe(1)
    const inTheWay = await rules.count()
    const show = why.getByRole('button', { name: /let it pass$/ })
    await show.focus()
    await page.keyboard.press('Enter')
    await why.getByText('Nothing is paused as a whole.').waitFor()
    expect(await rules.count()).toBe(GateName.options.length)
    expect(inTheWay).toBeLessThan(GateName.options.length)
    expect(await findBarriers(page)).toEqual([])
    await page.keyboard.press('Escape')

    await visit(page, 'mailboxes')
    await page.getByRole('button', { name: 'Settings', exact: true }).click()
    const form = page.getByRole('dialog')
    const told = form.getByText(/^With this: last mail .+ instead of .+\.$/)
    await form.getByLabel('Mails in 24 hours').waitFor()
    await form.getByLabel('Mails in 24 hours').fill('5')
    await told.waitFor()
    const table = form.getByRole('table', { name: 'The plan now and with these changes' })
    await table.scrollIntoViewIfNeeded()
    expect(await findBarriers(page)).toEqual([])
    expect(problems).toEqual([])
    await page.context().close()
  },
)
