import { expect, test } from 'vitest'
import { findBarriers } from '#test/support/axe'
import { approveFirst, browserOfFile, startWithSamples, visit } from '#test/support/journey'
import { serveForTest } from '#test/support/serve-for-test'

const PAGES = [
  'leads',
  'leads/import',
  'leads/find',
  'dispatch',
  'campaigns',
  'campaigns/new',
  'queue',
  'answers',
  'templates',
  'mailboxes',
  'activity',
  'insights',
  'settings',
]

const open = browserOfFile()

test.for(['light', 'dark'] as const)('axe finds no barrier on any page, %s', async (scheme) => {
  await using app = await serveForTest()
  const { page, problems } = await open(app, { scheme })
  await page.getByRole('button', { name: 'Try it with sample leads' }).waitFor()
  const barriers = { start: await findBarriers(page) } as Record<string, string[]>

  await startWithSamples(page)
  await approveFirst(app, 20)
  for (const name of PAGES) {
    await visit(page, name)
    // Looked at while it is still loading, and when it stands.
    const early = await findBarriers(page)
    await page.locator('[aria-busy="true"]').first().waitFor({ state: 'detached' })
    barriers[name] = [...early, ...(await findBarriers(page))]
  }

  expect(Object.fromEntries(Object.entries(barriers).filter(([, found]) => found.length > 0))).toEqual({})
  expect(problems).toEqual([])
  await page.context().close()
})
