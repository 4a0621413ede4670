// Makes every icon of the desktop app from icons/icon.svg and tray-svg.ts, in a Chromium: `node electron/pack/icons.ts`. The results are
// kept in the repository, so that packing draws nothing.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import chromiumPackage from '@sparticuz/chromium'
import { chromium, type Page } from 'playwright-core'
import { icnsOf, icoOf, type SizedPng } from './icon-files.ts'
import { traySvg } from './tray-svg.ts'

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

const LINUX_SIZES = [16, 24, 32, 48, 64, 128, 256, 512]
const WINDOWS_SIZES = [16, 24, 32, 48, 64, 128, 256]
const MAC_SIZES = [32, 64, 128, 256, 512, 1024]
/** macOS leaves a margin around an icon; the others fill their square. */
const MAC_MARGIN = 0.0977

const TRAY_LOOKS = [
  ['running', ''],
  ['paused', 'Paused'],
  ['attention', 'Attention'],
] as const

await makeIcons()

async function makeIcons(): Promise<void> {
  const executablePath = process.env['PACEMAIL_BROWSER'] ?? (await chromiumPackage.executablePath())
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] })
  try {
    const page = await browser.newPage()
    const app = readFileSync(at('icons/icon.svg'), 'utf8')
    const draw = (sizes: readonly number[], margin: number) => drawSvg(page, app, { sizes, margin })
    mkdirSync(at('icons/linux'), { recursive: true })
    for (const { size, png } of await draw(LINUX_SIZES, 0)) writeFileSync(at(`icons/linux/${size}x${size}.png`), png)
    writeFileSync(at('icons/icon.ico'), icoOf(await draw(WINDOWS_SIZES, 0)))
    writeFileSync(at('icons/icon.icns'), icnsOf(await draw(MAC_SIZES, MAC_MARGIN)))
    for (const { png } of await draw([512], 0)) writeFileSync(at('../shell/icons/icon.png'), png)
    await makeTrayIcons(page)
  } finally {
    await browser.close()
  }
}

/** The system finds the sharper picture of a template by its name. */
async function makeTrayIcons(page: Page): Promise<void> {
  for (const [look, suffix] of TRAY_LOOKS) {
    for (const { size, png } of await drawSvg(page, traySvg(look, true), { sizes: [18, 36], margin: 0 }))
      writeFileSync(at(`../shell/icons/tray${suffix}Template${size === 36 ? '@2x' : ''}.png`), png)
    for (const { png } of await drawSvg(page, traySvg(look, false), { sizes: [32], margin: 0 }))
      writeFileSync(at(`../shell/icons/tray${suffix}.png`), png)
  }
}

interface Drawing {
  readonly sizes: readonly number[]
  /** On each side, as a part of the whole. */
  readonly margin: number
}

async function drawSvg(page: Page, source: string, { sizes, margin }: Drawing): Promise<SizedPng[]> {
  const svg = Buffer.from(source).toString('base64')
  const drawn: SizedPng[] = []
  for (const size of sizes) {
    const inner = Math.round(size * (1 - 2 * margin))
    await page.setViewportSize({ width: size, height: size })
    await page.setContent(
      `<style>body{margin:0;height:100vh;display:grid;place-items:center}</style>` +
        `<img width="${inner}" height="${inner}" src="data:image/svg+xml;base64,${svg}">`,
    )
    drawn.push({ size, png: await page.screenshot({ omitBackground: true }) })
  }
  return drawn
}
