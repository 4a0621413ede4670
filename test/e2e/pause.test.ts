import { expect, test } from 'vitest'
import { findBarriers } from '#test/support/axe'
import { approveFirst, asTestEngine, browserOfFile, EVERYBODY, startWithSamples, visit } from '#test/support/journey'
import { serveForTest } from '#test/support/serve-for-test'

const open = browserOfFile()
const HOUR = 3_600_000

test.for(['light', 'dark'] as const)(
  'a pause for an hour says when it ends, and ends by itself, %s',
  async (scheme) => {
    await using app = await serveForTest()
    const { page, problems } = await open(app, { scheme, isStill: true })
    await startWithSamples(page)
    await approveFirst(app, 1)
    const { api } = asTestEngine(app)
    const { rows } = app.engine.rooms.leads.list({
      filter: { ...EVERYBODY, review: 'approved' },
      sort: 'oldest',
      offset: 0,
      limit: 5,
    })
    const selection = { by: 'ids' as const, ids: rows.map(({ id }) => id) }
    // The samples bring one mailbox and one template.
    const order = {
      selection,
      templateId: 1 as never,
      mailboxId: 1 as never,
      at: null,
      priority: 1 as const,
      edits: [],
    }
    await page.getByRole('button', { name: 'Pause for a while' }).press('Enter')
    // The menu takes the focus when it has opened; a key before that would be lost.
    await page.locator('[role=menu]:focus-within').waitFor()
    await page.getByRole('menuitem', { name: 'Pause for an hour' }).press('Enter')
    await page.getByText(/Paused until .*10:00/i).waitFor()
    await page.locator('[role=menu]').waitFor({ state: 'detached' })
    expect(await findBarriers(page)).toEqual([])

    await api.dispatch.queue({ ...order, requestKey: 'pressed-once', name: '', acceptsFailedChecks: false })
    await app.run(HOUR + 60_000)
    await page.getByRole('button', { name: 'Pause', exact: true }).waitFor()
    expect(app.engine.rooms.sendList.byStatus().get('sent')).toBe(1)
    expect(problems).toEqual([])
    await page.context().close()
  },
)

test('the keys of the page work right after a choice or a tick was clicked, and not while one types', async () => {
  await using app = await serveForTest()
  const { page, problems } = await open(app)
  await startWithSamples(page)
  await page.getByRole('searchbox', { name: 'Search leads' }).pressSequentially('P')
  await visit(page, 'dispatch')
  await page.getByRole('radiogroup', { name: 'When' }).getByText('At a time').click()
  await page.keyboard.press('Shift+P')
  await page.getByRole('button', { name: 'Resume', exact: true }).first().waitFor()

  await page.getByRole('checkbox', { name: 'Use each lead’s own time zone' }).click()
  await page.keyboard.press('Shift+P')
  await page.getByRole('button', { name: 'Pause', exact: true }).waitFor()
  await page.keyboard.press('g')
  await page.keyboard.press('q')
  await page.getByRole('heading', { level: 1, name: 'Queue' }).waitFor()
  expect(problems).toEqual([])
  await page.context().close()
})
