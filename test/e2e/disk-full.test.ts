import { expect, test } from 'vitest'
import { findBarriers } from '#test/support/axe'
import { approveFirst, browserOfFile, goTo, startWithSamples } from '#test/support/journey'
import { serveForTest } from '#test/support/serve-for-test'

const open = browserOfFile()
const MINUTE = 60_000

test('a full disk is said on every page, promises no next mail, and is over by itself', async () => {
  let free = 1e12
  await using app = await serveForTest({ freeBytes: () => free })
  const { page, problems } = await open(app, { isStill: true })
  await startWithSamples(page)
  await approveFirst(app, 3)
  await goTo(page, 'Dispatch')
  await page.getByRole('button', { name: 'Dispatch all (3)' }).click()
  await page.getByText(/^Next /).waitFor()

  free = 1_000_000
  await app.run(15 * MINUTE)
  await page.getByText('Disk full', { exact: true }).waitFor()
  await page.getByText('The disk is nearly full, so sending waits.').waitFor()
  expect(await page.getByText(/^Next /).count()).toBe(0)
  expect(await findBarriers(page)).toEqual([])

  free = 1e12
  await app.run(MINUTE)
  await page.getByText('The disk is nearly full').waitFor({ state: 'detached' })
  await page.getByText(/^Next /).waitFor()
  expect(problems).toEqual([])
  await page.context().close()
})
