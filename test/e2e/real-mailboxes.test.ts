import PostalMime from 'postal-mime'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { NO_CLIENTS } from '#electron/engine/mailboxes/oauth-clients'
import { PUBLIC_ENDPOINTS } from '#electron/mailbox/endpoints'
import { createMailRoom } from '#electron/mailbox/open-provider'
import { createSimulatedClock } from '#electron/platform/simulated-clock'
import { startGoogleServer } from '#test/fakes/google-server'
import { startMicrosoftServer } from '#test/fakes/microsoft-server'
import { answerFrom, bounceOf } from '#test/support/incoming-mail'
import { dispatchMany } from '#test/support/dispatch-many'
import { browserOfFile } from '#test/support/journey'
import { foundIn, placesBelow } from '#test/support/secret-search'
import { type ServedApp, serveForTest } from '#test/support/serve-for-test'
import { MONDAY_9 } from '#test/support/start-test-engine'

const MINUTE = 60_000
const RITA = 'rita@pacemail.example'

const open = browserOfFile()

/** A provider played on this machine, with the rep's account. */
interface Played extends AsyncDisposable {
  readonly app: ServedApp
  /** What the rep does on the provider's own page. */
  signIn(page: Page): Promise<void>
  /** Every mail that really left, in order. */
  left(): readonly { readonly bytes: Buffer }[]
  receive(raw: Buffer): Promise<void>
  /** Every code, verifier and token of the sign-in and of what came after, and the client's secret. */
  secrets(): readonly string[]
}

async function playGoogle(): Promise<Played> {
  const clock = createSimulatedClock(MONDAY_9, 'UTC')
  const google = await startGoogleServer({ addresses: [RITA], now: () => clock.now() })
  const mail = createMailRoom({ ...PUBLIC_ENDPOINTS, google: google.endpoints })
  const app = await serveForTest({ clock, mail, builtIn: { ...NO_CLIENTS, gmail: google.client } })
  return {
    app,
    signIn: async (page) => {
      await page.getByRole('button', { name: 'Continue' }).click()
    },
    left: () => google.account().left.map(({ raw }) => ({ bytes: raw })),
    receive: async (raw) => void google.account().receive({ from: '', subject: '', raw }),
    secrets: () => [...google.oauth.secrets, google.client.clientSecret ?? ''],
    async [Symbol.asyncDispose]() {
      await app[Symbol.asyncDispose]()
      await google.close()
    },
  }
}

async function playMicrosoft(): Promise<Played> {
  const clock = createSimulatedClock(MONDAY_9, 'UTC')
  const microsoft = await startMicrosoftServer({ now: () => clock.now() })
  microsoft.signInAs(RITA, 'Rita Repp')
  const mail = createMailRoom({ ...PUBLIC_ENDPOINTS, microsoft: microsoft.endpoints })
  const app = await serveForTest({ clock, mail, builtIn: { ...NO_CLIENTS, outlook: microsoft.client } })
  return {
    app,
    // The page sends its form off by itself.
    signIn: async () => {},
    left: () => microsoft.accepted(RITA),
    receive: async (raw) => void (await microsoft.mailbox(RITA).receive(raw)),
    secrets: () => microsoft.oauth.secrets(),
    async [Symbol.asyncDispose]() {
      await app[Symbol.asyncDispose]()
      await microsoft.close()
    },
  }
}

test.each([
  ['Gmail', 'Google', playGoogle],
  ['Outlook', 'Microsoft', playMicrosoft],
] as const)(
  '%s: sign in at %s, send ten mails, and see a reply, a bounce, an absence and an opt-out take effect',
  async (kind, company, play) => {
    await using played = await play()
    const { app } = played
    const { page, problems } = await open(app)
    const frames = await listenToPage(page)

    await page.getByRole('button', { name: 'Connect my mailbox' }).click()
    await page.getByRole('button', { name: kind, exact: true }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Your name').fill('Rita Repp')
    await dialog.getByRole('button', { name: `Sign in with ${company}` }).click()
    const opening = page.context().waitForEvent('page')
    await dialog.getByRole('link', { name: 'Open the sign-in page' }).click()
    const provider = await opening
    await played.signIn(provider)
    await provider.getByText(/You can close this/).waitFor()
    await provider.close()
    await dialog.getByText(RITA).waitFor()
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })
    await page.getByText(RITA).first().waitFor()

    await dispatchMany(app, page, 10)
    await app.run(4 * 60 * MINUTE)
    await page.getByText('All emails dispatched').first().waitFor()
    expect(played.left()).toHaveLength(10)
    expect(new Set(await Promise.all(played.left().map(recipientOf))).size).toBe(10)

    const [replied = '', bounced = '', away = '', optedOut = ''] = await Promise.all(
      played.left().slice(0, 4).map(recipientOf),
    )
    const now = app.clock.now()
    await played.receive(answerFrom(replied, { to: RITA, text: 'Yes, call me tomorrow.', at: now }))
    await played.receive(bounceOf(bounced, { to: RITA, at: now }))
    await played.receive(
      answerFrom(away, {
        to: RITA,
        text: 'I am away until 9 March 2026.',
        at: now,
        headers: ['Auto-Submitted: auto-replied'],
      }),
    )
    await played.receive(answerFrom(optedOut, { to: RITA, text: 'Please remove me.', at: now }))
    await app.run(3 * MINUTE)

    await page.getByRole('navigation').getByRole('link', { name: 'Answers' }).click()
    const list = page.getByRole('grid', { name: 'Answers' })
    for (const verdict of ['Replied', 'Bounced', 'Out of office', 'Opted out']) {
      await list.getByText(verdict, { exact: true }).waitFor()
    }
    const blocked = app.engine.rooms.suppressions.list({ search: '', offset: 0, limit: 10 }).rows
    expect(new Map(blocked.map(({ value, reason }) => [value, reason]))).toEqual(
      new Map([
        [bounced, 'bounced'],
        [optedOut, 'opted_out'],
      ]),
    )
    expect(problems).toEqual([])
    const seen = [...frames, await page.content(), await page.evaluate(() => JSON.stringify(localStorage))]
    expect(played.secrets().length).toBeGreaterThan(3)
    expect(
      foundIn([...placesBelow(app.dataFolder), ...seen.map((text) => ({ name: 'the page', text }))], played.secrets()),
    ).toEqual([])
    await page.context().close()
  },
  180_000,
)

/** Everything that the host pushes to the page or answers, from a reload on. */
async function listenToPage(page: Page): Promise<string[]> {
  const frames: string[] = []
  page.on('websocket', (socket) => socket.on('framereceived', ({ payload }) => frames.push(String(payload))))
  const ready = page.getByRole('button', { name: 'Connect my mailbox' })
  await ready.waitFor()
  await page.reload()
  await ready.waitFor()
  return frames
}

async function recipientOf({ bytes }: { readonly bytes: Buffer }): Promise<string> {
  return (await PostalMime.parse(bytes)).to?.[0]?.address ?? ''
}
