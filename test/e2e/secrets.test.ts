/** What was secret is nowhere to be read afterwards: the real program, with all that it writes and all that it tells. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { startGoogleServer, type GoogleServer } from '#test/fakes/google-server'
import { startMicrosoftServer, type MicrosoftServer } from '#test/fakes/microsoft-server'
import { launchBrowser, openPage } from '#test/support/browser'
import { foundIn, placesBelow, type Place } from '#test/support/secret-search'
import { imapPlace, REP, type ImapPlace } from '../mailbox/imap-place.ts'

const SERVE = fileURLToPath(new URL('../../electron/serve.ts', import.meta.url))
const RITA = 'rita@gmail.example'
const WORK = 'rita@office.example'
const WRONG_PASSWORD = 'CANARY-wrong-password'

interface World extends AsyncDisposable {
  readonly google: GoogleServer
  readonly microsoft: MicrosoftServer
  readonly mail: ImapPlace
}

async function startWorld(): Promise<World> {
  const google = await startGoogleServer({ addresses: [RITA], now: Date.now })
  const microsoft = await startMicrosoftServer()
  microsoft.signInAs(WORK, 'Rita Repp')
  const mail = await imapPlace()
  return {
    google,
    microsoft,
    mail,
    async [Symbol.asyncDispose]() {
      await google.close()
      await microsoft.close()
      await mail[Symbol.asyncDispose]()
    },
  }
}

interface Program extends AsyncDisposable {
  readonly url: string
  /** Everything it wrote to its terminal so far. */
  said(): string
  readonly dataFolder: string
  readonly tempFolder: string
  end(): Promise<void>
}

/** `npm start`, with a temporary folder of its own. */
async function start({ google, microsoft }: World): Promise<Program> {
  const folder = mkdtempSync(join(tmpdir(), 'pacemail-secrets-'))
  const dataFolder = join(folder, 'data')
  const tempFolder = join(folder, 'temp')
  mkdirSync(tempFolder)
  const child = spawn(process.execPath, [SERVE, '--no-open', '--data', dataFolder], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      TMPDIR: tempFolder,
      PACEMAIL_GOOGLE_AUTHORIZE_URL: google.endpoints.authorizeUrl,
      PACEMAIL_GOOGLE_TOKEN_URL: google.endpoints.tokenUrl,
      PACEMAIL_GMAIL_URL: google.endpoints.gmailUrl,
      PACEMAIL_MICROSOFT_AUTHORITY_URL: microsoft.endpoints.authorityUrl,
      PACEMAIL_GRAPH_URL: microsoft.endpoints.graphUrl,
      PACEMAIL_MICROSOFT_CLIENT_ID: microsoft.client.clientId,
    },
  })
  let said = ''
  const ready = new Promise<string>((resolve, reject) => {
    const hear = (piece: Buffer) => {
      said += piece.toString()
      const url = /ready at (\S+)\n/.exec(said)?.[1]
      if (url !== undefined) resolve(url)
    }
    child.stdout.on('data', hear)
    child.stderr.on('data', hear)
    child.once('close', () => reject(new Error(said)))
  })
  const end = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return
    child.kill('SIGINT')
    await once(child, 'close')
  }
  return {
    url: await ready,
    said: () => said,
    dataFolder,
    tempFolder,
    end,
    async [Symbol.asyncDispose]() {
      await end()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

test('the search finds a secret however it is written down', () => {
  const folder = mkdtempSync(join(tmpdir(), 'pacemail-search-'))
  try {
    const secret = '4/0A tøken+of=mine'
    const auth = Buffer.from(`\0rep\0${secret}`).toString('base64')
    for (const [name, text] of [
      ['plain', `code: ${secret}.`],
      ['url', `?code=${encodeURIComponent(secret)}&x`],
      ['form', new URLSearchParams({ code: secret }).toString()],
      ['base64', `AUTH PLAIN ${auth}`],
      ['base64url', Buffer.from(`xx${secret}yy`).toString('base64url')],
    ] as const) {
      writeFileSync(join(folder, name), text)
      expect(foundIn(placesBelow(folder), [secret])).toEqual([`${join(folder, name)}: ${secret}`])
      rmSync(join(folder, name))
    }
    writeFileSync(join(folder, 'other'), 'nothing of the kind')
    expect(foundIn(placesBelow(folder), [secret])).toEqual([])
  } finally {
    rmSync(folder, { recursive: true })
  }
})

test('three mailboxes signed in, renewed and read: no code, verifier, token, password or launch code is left anywhere', async () => {
  await using world = await startWorld()
  await using program = await start(world)
  const browser = await launchBrowser()
  try {
    const { page } = await openPage(browser, { url: 'about:blank', now: Date.now() })
    const told = listen(page)
    await page.goto(program.url)
    await connectGmail(page, world)
    await connectOutlook(page, world)
    await connectSmtp(page, world)
    await renew(page, world)

    const { google, microsoft } = world
    expect(google.oauth.renewals).toBeGreaterThan(0)
    expect(microsoft.oauth.asked).toContain('refresh_token')
    const launchCode = new URL(program.url).hash.slice('#launch='.length)
    const secrets = [
      ...google.oauth.secrets,
      ...microsoft.oauth.secrets(),
      google.client.clientSecret ?? '',
      world.mail.smtp.password,
      WRONG_PASSWORD,
    ]
    // A code, a verifier, a refresh token and two access tokens of each, at least.
    expect(secrets.length).toBeGreaterThan(12)
    expect(secrets.filter((secret) => secret.length < 10)).toEqual([])
    const terminal = { name: 'terminal', text: program.said() }
    // Its one line for the rep's eyes is where the launch code belongs.
    expect(terminal.text.split(launchCode)).toHaveLength(2)
    expect(foundIn([...placesOf(program), ...(await placesIn(page)), ...told], [...secrets, launchCode])).toEqual([])
    await program.end()
    expect(placesBelow(program.dataFolder).length).toBeGreaterThan(3)
    expect(foundIn(placesOf(program), [...secrets, launchCode])).toEqual([])
    expect(foundIn([{ name: 'terminal', text: program.said() }], secrets)).toEqual([])
  } finally {
    await browser.close()
  }
}, 120_000)

function placesOf({ dataFolder, tempFolder }: Program): Place[] {
  return [...placesBelow(dataFolder), ...placesBelow(tempFolder)]
}

/** Grows: every event and every answer that the program gives the page, and all that the page says to its console. */
function listen(page: Page): Place[] {
  const told: Place[] = []
  page.on('websocket', (socket) =>
    socket.on('framereceived', ({ payload }) => told.push({ name: 'a frame', text: String(payload) })),
  )
  page.on('console', (message) => told.push({ name: 'the console', text: message.text() }))
  page.on('request', (request) => told.push({ name: 'an address', text: request.url() }))
  return told
}

/** The page as it stands, and all that it keeps in the browser. */
async function placesIn(page: Page): Promise<Place[]> {
  const inPage = await page.evaluate(async () => {
    const databases = await indexedDB.databases()
    const fields = [...document.querySelectorAll('input, textarea')].map((field) => (field as HTMLInputElement).value)
    const kept = [Object.entries(localStorage), Object.entries(sessionStorage), document.cookie, databases]
    return JSON.stringify({ kept, fields, address: location.href, history: history.state as unknown })
  })
  const cookies = JSON.stringify(await page.context().cookies())
  return [
    { name: 'the page', text: await page.content() },
    { name: 'the browser’s storage', text: inPage + cookies },
  ]
}

async function choose(page: Page, kind: string): Promise<void> {
  await page.getByRole('button', { name: 'Add a mailbox' }).click()
  await page.getByRole('menuitem', { name: kind }).click()
}

/** With the rep's own client, which they type in. */
async function connectGmail(page: Page, { google }: World): Promise<void> {
  await page.getByRole('button', { name: 'Connect my mailbox' }).click()
  await page.getByRole('button', { name: 'Gmail', exact: true }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox', { name: 'Client ID' }).fill(google.client.clientId)
  await dialog.getByLabel('Client secret', { exact: true }).fill(google.client.clientSecret ?? '')
  await dialog.getByRole('button', { name: 'Save and go on' }).click()
  await dialog.getByRole('note').getByText('the key is a file in the same folder').waitFor()
  await signIn(page, 'Google', (provider) => provider.getByRole('button', { name: 'Cancel' }).click())
  await dialog.getByText('The permission was declined').waitFor()
  await dialog.getByRole('button', { name: 'Try again' }).click()
  await signIn(page, 'Google', (provider) => provider.getByRole('button', { name: 'Continue' }).click())
  await dialog.getByText(`${RITA} is ready to send`).waitFor()
  await dialog.getByRole('button', { name: 'Done' }).click()
  await dialog.waitFor({ state: 'detached' })
}

async function connectOutlook(page: Page, { microsoft }: World): Promise<void> {
  await choose(page, 'Outlook')
  const dialog = page.getByRole('dialog')
  microsoft.oauth.consent = 'declines'
  await signIn(page, 'Microsoft', async () => {})
  await dialog.getByText('The permission was declined').waitFor()
  microsoft.oauth.consent = 'allows'
  await dialog.getByRole('button', { name: 'Try again' }).click()
  await signIn(page, 'Microsoft', async () => {})
  await dialog.getByText(`${WORK} is ready to send`).waitFor()
  await dialog.getByRole('button', { name: 'Done' }).click()
  await dialog.waitFor({ state: 'detached' })
}

async function signIn(page: Page, company: string, decide: (provider: Page) => Promise<void>): Promise<void> {
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: `Sign in with ${company}` }).click()
  const opening = page.context().waitForEvent('page')
  await dialog.getByRole('link', { name: 'Open the sign-in page' }).click()
  const provider = await opening
  await decide(provider)
  await provider.getByText(/You can close this/).waitFor()
  await provider.close()
}

/** First with a password that is refused. */
async function connectSmtp(page: Page, { mail }: World): Promise<void> {
  await choose(page, 'Another mailbox (SMTP and IMAP)')
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Your address').fill(REP)
  await dialog.getByLabel('Your address').blur()
  for (const [name, server] of [
    ['Server', mail.smtp.settings],
    ['Server for answers', mail.imap.settings],
  ] as const) {
    if (name === 'Server for answers')
      await dialog.getByRole('switch', { name: 'Read answers too (IMAP)' }).press('Space')
    const line = name === 'Server' ? 0 : 1
    await dialog.getByLabel('Encryption').nth(line).click()
    await page.getByRole('option', { name: 'None (only a server on this computer)' }).click()
    await dialog.getByRole('textbox', { name, exact: true }).fill(server.host)
    await dialog.getByLabel('Port').nth(line).fill(String(server.port))
  }
  await dialog.getByLabel('User name').fill(mail.smtp.settings.user)
  await dialog.getByRole('note').getByText('Use an app password').waitFor()
  await dialog.getByLabel(/^Password/).fill(WRONG_PASSWORD)
  await dialog.getByRole('button', { name: 'Test and save' }).click()
  await dialog.getByText(/did not accept the sign-in|refused/).waitFor()
  await dialog.getByLabel(/^Password/).fill(mail.smtp.password)
  await dialog.getByRole('button', { name: 'Test and save' }).click()
  await dialog.waitFor({ state: 'detached' })
  await page.getByRole('article', { name: REP }).waitFor()
}

/** Every access token of now is refused, so that new ones are fetched and kept. */
async function renew(page: Page, { google, microsoft }: World): Promise<void> {
  google.oauth.expireAccessTokens()
  microsoft.oauth.expireAccessTokens()
  for (const address of [RITA, WORK, REP]) {
    const button = page.getByRole('button', { name: `Read now the answers of ${address}` })
    await button.click()
    await page.getByRole('article', { name: address }).getByText('Answers read').waitFor()
    await expect.poll(() => button.getAttribute('data-loading')).toBeNull()
  }
}
