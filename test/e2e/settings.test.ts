import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { findBarriers } from '#test/support/axe'
import { browserOfFile, goTo, startWithSamples, visit } from '#test/support/journey'
import { serveForTest } from '#test/support/serve-for-test'
import { SECTIONS, shownSettings } from '../../renderer/features/settings/setting-list.ts'

const open = browserOfFile()

test('the list of settings is what the page shows, and the page shows nothing beside it', async () => {
  await using app = await serveForTest()
  const { page, problems } = await open(app)
  await startWithSamples(page)
  await visit(page, 'settings')
  await page.getByRole('switch', { name: 'Also send it to me by mail' }).waitFor()
  await page.getByRole('button', { name: 'Add', exact: true }).waitFor()
  await page.locator('[aria-busy="true"]').first().waitFor({ state: 'detached' })
  const expected = shownSettings(app.engine.rooms.app.status().capabilities).map(({ id, label, section }) => ({
    id,
    section: SECTIONS[section].title,
    hasLabel: `${id} ${label}`,
  }))
  const labels = Object.fromEntries(expected.map(({ id, hasLabel }) => [id, hasLabel.slice(id.length + 1)]))
  expect(await spotsOf(page, labels)).toEqual(expected)
  expect(await strayControls(page)).toEqual([])
  expect(problems).toEqual([])
  await page.context().close()
})

test.for(['light', 'dark'] as const)('a setting is found by another word, gone to and marked, %s', async (scheme) => {
  await using app = await serveForTest()
  const { page, problems } = await open(app, { scheme, isStill: true })
  await startWithSamples(page)
  await goTo(page, 'Settings')
  const search = page.getByRole('combobox', { name: 'Search settings' })
  await search.fill('vacation')
  await page.getByRole('option', { name: 'When you are away' }).waitFor()
  expect(await findBarriers(page)).toEqual([])
  await search.press('Enter')
  const away = page.getByRole('group', { name: 'When you are away' })
  await isMarked(page, 'away')
  expect(await away.evaluate((spot) => spot === document.activeElement)).toBe(true)
  expect(await isInSight(page, 'away')).toBe(true)
  expect(await findBarriers(page)).toEqual([])
  await page.keyboard.press('Tab')
  expect(await away.evaluate((spot) => spot.contains(document.activeElement))).toBe(true)
  await isMarked(page, 'away')
  await search.fill('zzz')
  await page.getByText('No setting has all of these words.').waitFor()
  await page.locator('[data-marked]').waitFor({ state: 'detached' })
  expect(page.url()).not.toContain('setting=')
  await page.keyboard.press('Escape')

  await goTo(page, 'Leads')
  await page.getByRole('grid', { name: 'Leads' }).waitFor()
  await page.keyboard.press('Control+k')
  await page.keyboard.type('blocklist')
  await page.getByRole('option', { name: /^Do not contact/ }).waitFor()
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { level: 1, name: 'Settings' }).waitFor()
  await isMarked(page, 'suppressions')
  await page.keyboard.press('Control+k')
  await page.keyboard.type('dark mode')
  await page.getByRole('option', { name: /^Colours\b.*This screen/ }).waitFor()
  await page.keyboard.press('Enter')
  await isMarked(page, 'colours')
  expect(await isInSight(page, 'colours')).toBe(true)
  expect(problems).toEqual([])
  await page.context().close()
})

async function isMarked(page: Page, id: string): Promise<void> {
  await page.locator(`[data-setting="${id}"][data-marked]:focus-within`).waitFor()
}

async function isInSight(page: Page, id: string): Promise<boolean> {
  return page.locator(`[data-setting="${id}"]`).evaluate((spot) => {
    const { top } = spot.getBoundingClientRect()
    return top >= 52 && top < window.innerHeight
  })
}

/** Every place of a setting, with its section and, where that or the place itself says it, its label. */
async function spotsOf(page: Page, labels: Readonly<Record<string, string>>): Promise<unknown[]> {
  return page.locator('[data-setting]:not(:empty)').evaluateAll((spots, known) => {
    const said = (element: Element): string =>
      [element.textContent, ...Array.from(element.querySelectorAll('[aria-label]'), (each) => each.ariaLabel)].join(
        '\n',
      )
    return spots.map((spot) => {
      const id = spot.getAttribute('data-setting') ?? ''
      const section = spot.closest('section')
      const heading = section?.querySelector('h2')?.textContent ?? ''
      const label = known[id] ?? ''
      const isSaid = label !== '' && (heading === label || said(spot).includes(label))
      return { id, section: section?.getAttribute('aria-label'), hasLabel: `${id} ${isSaid ? label : 'is not said'}` }
    })
  }, labels)
}

/** What can be set or pressed on the page and is no setting of the list. */
async function strayControls(page: Page): Promise<string[]> {
  return page
    .locator('main section :is(input, button, select, textarea, a)')
    .evaluateAll((controls) =>
      controls.filter((each) => each.closest('[data-setting]') === null).map((each) => each.outerHTML.slice(0, 120)),
    )
}
