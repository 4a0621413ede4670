/** A rep in Berlin with a Gmail mailbox that is played on this machine, and with weeks that pass when the test says so. */
import type { Browser, Page } from 'playwright-core'
import { Temporal } from 'temporal-polyfill'
import { NO_CLIENTS } from '#electron/engine/mailboxes/oauth-clients'
import { PUBLIC_ENDPOINTS } from '#electron/mailbox/endpoints'
import { createMailRoom } from '#electron/mailbox/open-provider'
import { createSimulatedClock } from '#electron/platform/simulated-clock'
import type { GmailAccount } from '#test/fakes/gmail-account'
import { startGoogleServer } from '#test/fakes/google-server'
import { openPage } from './browser.ts'
import { type ServedApp, serveForTest } from './serve-for-test.ts'
import { createTestRandom } from './start-test-engine.ts'

export const REP = 'rita@pacemail.example'
export const REP_ZONE = 'Europe/Berlin'

export interface RepDesk extends AsyncDisposable {
  readonly app: ServedApp
  readonly page: Page
  /** What went wrong in the page. */
  readonly problems: readonly string[]
  /** Everything that the mailbox has taken and been sent. */
  readonly account: GmailAccount
  /** The machine is awake until the rep's clock shows this (`2026-10-22T11:30`); the page has the same time. */
  until(local: string): Promise<void>
  /**
   * The lid is closed until then: nobody is woken on the way, and the steady clock stands still. `meanwhile` happens in
   * the world outside, each at its own time.
   */
  asleepUntil(local: string, meanwhile?: Readonly<Record<string, () => void>>): Promise<void>
}

export async function openRepDesk(
  browser: Browser,
  { start, seed }: { readonly start: string; readonly seed: number },
): Promise<RepDesk> {
  const clock = createSimulatedClock(momentOf(start), REP_ZONE)
  const google = await startGoogleServer({ addresses: [REP], now: () => clock.now() })
  const mail = createMailRoom({ ...PUBLIC_ENDPOINTS, google: google.endpoints })
  const builtIn = { ...NO_CLIENTS, gmail: google.client }
  const app = await serveForTest({ clock, mail, builtIn, random: createTestRandom(seed) })
  const { page, problems } = await openPage(browser, {
    url: app.url,
    prepare: app.prepare,
    now: clock.now(),
    zone: REP_ZONE,
  })
  await page.emulateMedia({ reducedMotion: 'reduce' })
  return {
    app,
    page,
    problems,
    account: google.account(),
    async until(local) {
      await app.run(momentOf(local) - clock.now())
      await page.clock.setFixedTime(clock.now())
    },
    async asleepUntil(local, meanwhile = {}) {
      for (const [at, happens] of Object.entries(meanwhile)) {
        clock.set(momentOf(at))
        happens()
      }
      clock.set(momentOf(local))
      await app.run(0)
      await page.clock.setFixedTime(clock.now())
    },
    async [Symbol.asyncDispose]() {
      await page.context().close()
      await app[Symbol.asyncDispose]()
      await google.close()
    },
  }
}

/** Signs in at Google as the rep does, from the first page on. */
export async function connectGmail({ page }: RepDesk): Promise<void> {
  await page.getByRole('button', { name: 'Connect my mailbox' }).click()
  await page.getByRole('button', { name: 'Gmail', exact: true }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Your name').fill('Rita Repp')
  await dialog.getByRole('button', { name: 'Sign in with Google' }).click()
  const opening = page.context().waitForEvent('page')
  await dialog.getByRole('link', { name: 'Open the sign-in page' }).click()
  const provider = await opening
  await provider.getByRole('button', { name: 'Continue' }).click()
  await provider.getByText(/You can close this/).waitFor()
  await provider.close()
  await dialog.getByText(REP).waitFor()
  await page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'detached' })
}

/** Epoch ms of the rep's wall clock. */
export function momentOf(local: string): number {
  return Temporal.PlainDateTime.from(local).toZonedDateTime(REP_ZONE).epochMilliseconds
}
