/** What a rep does on the screens of a campaign, by its words. */
import type { Locator, Page } from 'playwright-core'
import { goTo } from './journey.ts'

/** Says in the settings that the rep is away; both days (`2 November 2026`) are in the month after this one. */
export async function goAway(
  page: Page,
  { first, last, stopBefore }: { readonly first: string; readonly last: string; readonly stopBefore: number },
): Promise<void> {
  await goTo(page, 'Settings')
  const section = page.getByRole('region', { name: 'When you are away' })
  for (const [picker, day] of [
    ['First day away', first],
    ['Last day away', last],
  ] as const) {
    await section.getByRole('button', { name: picker }).click()
    await page.getByRole('button', { name: 'Next month' }).click()
    await page.getByRole('button', { name: day, exact: true }).click()
    await page.getByRole('button', { name: day, exact: true }).waitFor({ state: 'detached' })
  }
  await section.getByRole('textbox', { name: 'Days before without first mails' }).fill(String(stopBefore))
  await section.getByRole('button', { name: 'Add', exact: true }).click()
  await section.getByText(`${stopBefore} days before.`).waitFor()
}

export async function takeOut(page: Page, name: string): Promise<void> {
  await openPerson(page, name)
  await page.getByRole('dialog').getByRole('button', { name: 'Take out' }).click()
  const question = page.getByRole('dialog', { name: 'Take 1 person out?' })
  await question.getByRole('button', { name: 'Take out' }).click()
  await question.waitFor({ state: 'detached' })
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
}

export async function openPerson(page: Page, name: string): Promise<void> {
  await rowOf(page, name).click()
  await page.getByRole('dialog', { name: name }).waitFor()
}

export function rowOf(page: Page, name: string): Locator {
  return page.getByRole('grid', { name: 'People' }).getByRole('row').filter({ hasText: name })
}

/** Anew, so that the page has the time of now. */
export async function openCampaign(page: Page, name: string): Promise<void> {
  await goTo(page, 'Campaigns')
  await page.getByRole('link', { name }).click()
  await page.getByRole('heading', { level: 1, name }).waitFor()
}
