// Makes every icon of the desktop app from icons/icon.svg, in a Chromium: `node electron/pack/icons.ts`. The results are
// kept in the repository, so that packing draws nothing.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import chromiumPackage from '@sparticuz/chromium'
import { chromium, type Page } from 'playwright-core'
import { icnsOf, icoOf, type SizedPng } from './icon-files.ts'

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

const LINUX_SIZES = [16, 24, 32, 48, 64, 128, 256, 512]
const WINDOWS_SIZES = [16, 24, 32, 48, 64, 128, 256]
const MAC_SIZES = [32, 64, 128, 256, 512, 1024]
/** macOS leaves a margin around an icon; the others fill their square. */
const MAC_MARGIN = 0.0977

await makeIcons()

async function makeIcons(): Promise<void> {
  const executablePath = process.env['PACEMAIL_BROWSER'] ?? (await chromiumPackage.executablePath())
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] })
  try {
    const page = await browser.newPage()
    mkdirSync(at('icons/linux'), { recursive: true })
    for (const { size, png } of await draw(page, LINUX_SIZES, 0))
      writeFileSync(at(`icons/linux/${size}x${size}.png`), png)
    writeFileSync(at('icons/icon.ico'), icoOf(await draw(page, WINDOWS_SIZES, 0)))
    writeFileSync(at('icons/icon.icns'), icnsOf(await draw(page, MAC_SIZES, MAC_MARGIN)))
    for (const { png } of await draw(page, [512], 0)) writeFileSync(at('../shell/icons/icon.png'), png)
  } finally {
    await browser.close()
  }
}

async function draw(page: Page, sizes: readonly number[], margin: number): Promise<SizedPng[]> {
  const svg = readFileSync(at('icons/icon.svg')).toString('base64')
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
