import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import type { ServedApp } from '#test/support/serve-for-test'
import { findBarriers } from '#test/support/axe'
import { asTestEngine, browserOfFile, goTo } from '#test/support/journey'
import { serveForTest } from '#test/support/serve-for-test'
import { dispatchAll, stock } from '#test/support/stock'

const open = browserOfFile()
const MINUTE = 60_000

interface Seen {
  readonly title: string
  readonly body: string
}

/** A headless browser shows no notifications: what the page hands it is kept instead, and pressed from here. */
async function watchNotes(page: Page): Promise<{ seen: () => Promise<Seen[]>; press: () => Promise<void> }> {
  await page.context().grantPermissions(['notifications'])
  await page.addInitScript(() => {
    const shown: (EventTarget & Seen)[] = []
    class KeptNotification extends EventTarget {
      static permission = 'default'
      static requestPermission = async (): Promise<string> => (KeptNotification.permission = 'granted')
      readonly title: string
      readonly body: string
      constructor(title: string, { body }: { body: string }) {
        super()
        this.title = title
        this.body = body
        shown.push(this)
      }
      close(): void {}
    }
    Object.assign(window, { Notification: KeptNotification, shownNotes: shown })
  })
  await page.reload()
  const all = `shownNotes.map(({ title, body }) => ({ title, body }))`
  return {
    seen: () => page.evaluate<Seen[]>(all),
    press: () => page.evaluate(`shownNotes.at(-1).dispatchEvent(new Event('click'))`),
  }
}

/** Two mails left, and the mailbox has lost its sign-in. */
async function signedOut(app: ServedApp): Promise<void> {
  const { mailboxId } = await stockOf(app)
  app.engine.rooms.mailboxes.troubled(mailboxId, { type: 'needs', need: 'sign_in' })
  await app.run(MINUTE)
}

async function stockOf(app: ServedApp) {
  const engine = asTestEngine(app)
  const stocked = await stock(engine, 2)
  await dispatchAll(engine, stocked)
  await app.run(MINUTE)
  return stocked
}

test('a browser shows notifications once the rep has let it, and a press leads to the place', async () => {
  await using app = await serveForTest()
  const { page, problems } = await open(app)
  const { seen, press } = await watchNotes(page)
  await goTo(page, 'Settings')
  await page.getByRole('button', { name: 'Show notifications in this browser' }).press('Enter')
  await page.getByRole('button', { name: 'Show none in this browser' }).waitFor()
  await signedOut(app)
  await expect.poll(seen).toHaveLength(1)
  expect(await seen()).toEqual([
    { title: 'you@practice.example needs you to sign in', body: 'Its mail waits until then. Nothing is lost.' },
  ])
  await press()
  await page.getByRole('heading', { level: 1, name: 'Mailboxes' }).waitFor()
  expect(problems).toEqual([])
})

test.for(['light', 'dark'] as const)('the rep says what to be told, and when not, %s', async (scheme) => {
  await using app = await serveForTest()
  const { page, problems } = await open(app, { scheme, isStill: true })
  await goTo(page, 'Settings')
  const section = page.getByRole('region', { name: 'Notifications' })
  await section.getByLabel('A campaign is done').press('Space')
  await section.getByLabel('From').fill('17:15')
  await section.getByLabel('Also all day on Saturdays and Sundays').press('Space')
  await expect.poll(() => app.engine.rooms.notices.rules().quiet.hasWeekends).toBe(false)
  expect(await findBarriers(page)).toEqual([])
  await page.reload()
  await section.getByLabel('A campaign is done').waitFor()
  expect(await section.getByLabel('A campaign is done').isChecked()).toBe(false)
  expect(await section.getByLabel('From').inputValue()).toBe('17:15')
  expect(app.engine.rooms.notices.rules()).toEqual({
    kinds: { reply: true, sign_in: true, uncertain: true, campaign_done: false },
    quiet: { isOn: true, fromMinute: 17 * 60 + 15, untilMinute: 8 * 60, hasWeekends: false },
  })
  expect(problems).toEqual([])
})
