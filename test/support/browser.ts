import { existsSync } from 'node:fs'
import chromiumPackage from '@sparticuz/chromium'
import { type Browser, chromium, type Page } from 'playwright-core'

/** Where a Chrome or Chromium is installed, as a rule. */
const INSTALLED = [
  '/usr/bin/google-chrome',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
]

/**
 * A real Chromium: the one named by PACEMAIL_BROWSER, an installed one, or the one that npm brought (Linux x64). Not with
 * that package's own arguments: they switch web security off, and with it the Origin header.
 */
export async function launchBrowser(...more: readonly string[]): Promise<Browser> {
  const named = process.env['PACEMAIL_BROWSER']
  const executablePath = named ?? INSTALLED.find((path) => existsSync(path)) ?? (await chromiumPackage.executablePath())
  return chromium.launch({
    executablePath,
    headless: true,
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--disable-background-networking', ...more],
  })
}

/** A page that remembers what went wrong in it. */
export interface WatchedPage {
  readonly page: Page
  /** Console errors and warnings, uncaught exceptions, broken security policies, and requests that failed. */
  readonly problems: string[]
}

export interface Look {
  readonly scheme?: 'light' | 'dark'
  /** Without motion: axe would measure the colours of a drawer that is half there. */
  readonly isStill?: boolean
}

export interface PageToOpen extends Look {
  readonly url: string
  /** Before the address is opened. */
  readonly prepare?: (page: Page) => Promise<void>
  /** Of its clock, epoch ms. */
  readonly now: number
  readonly zone?: string
}

export async function openPage(
  browser: Browser,
  { url, prepare, scheme = 'light', isStill = false, now, zone = 'UTC' }: PageToOpen,
): Promise<WatchedPage> {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    colorScheme: scheme,
    reducedMotion: isStill ? 'reduce' : 'no-preference',
    locale: 'en-GB',
    timezoneId: zone,
  })
  const page = await context.newPage()
  page.setDefaultTimeout(30_000)
  const problems = watch(page)
  await page.clock.setFixedTime(now)
  await prepare?.(page)
  await page.goto(url)
  return { page, problems }
}

function watch(page: Page): string[] {
  const problems: string[] = []
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) problems.push(`${message.type()}: ${message.text()}`)
  })
  page.on('pageerror', (error) => problems.push(error.message))
  page.on('requestfailed', (request) => {
    const reason = request.failure()?.errorText ?? ''
    // What the page itself broke off, such as by leaving or by saving a file.
    if (reason !== 'net::ERR_ABORTED') problems.push(`${reason}: ${request.url()}`)
  })
  page.on('response', (response) => {
    if (response.status() >= 400) problems.push(`${response.status()}: ${response.url()}`)
  })
  return problems
}
