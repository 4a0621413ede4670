import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { _electron, type ElectronApplication } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { electronBinary } from '#electron/desktop-runtime'
import { buildPage } from '#electron/page-build'
import { hasDisplay } from '#electron/platform/web-native'
import { packInto } from './pack-into.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const SLOW = { timeout: 180_000 }
const CAN_RUN = electronBinary() !== null && (process.platform !== 'linux' || hasDisplay())

test.runIf(process.env['PACEMAIL_NEEDS_ELECTRON'] !== undefined)('Electron’s runtime and a screen are there', () => {
  expect(CAN_RUN).toBe(true)
})

/** Only where Electron's runtime could be fetched and has a screen; the release workflow runs this on the three systems. */
describe.skipIf(!CAN_RUN)('the real desktop app', () => {
  let folder: string
  let app: ElectronApplication
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'pacemail-electron-'))
    await buildPage({ isDesktopToo: true })
    const args = [ROOT, '--data', join(folder, 'built')]
    app = await _electron.launch({ executablePath: electronBinary() ?? '', args })
  }, 180_000)
  afterAll(async () => {
    await app.close()
    rmSync(folder, { recursive: true, force: true })
  })

  test('shows its page, fills itself with samples and keeps them in its database', SLOW, async () => {
    const page = await app.firstWindow()
    const problems: string[] = []
    page.on('console', (message) => message.type() === 'error' && problems.push(message.text()))
    page.on('pageerror', (error) => problems.push(error.message))
    const asked: string[] = []
    page.on('request', (request) => asked.push(request.url()))
    expect(page.url()).toMatch(/^app:\/\/pacemail\//)
    await page.getByRole('button', { name: 'Try it with sample leads' }).click()
    await page.getByRole('grid', { name: 'Leads' }).getByText('Frieda Anders').waitFor()
    expect(existsSync(join(folder, 'built', 'pacemail.db'))).toBe(true)
    await page.getByRole('navigation').getByRole('link', { name: 'Settings' }).click()
    await page.getByRole('heading', { level: 1, name: 'Settings' }).waitFor()
    expect(asked.filter((url) => !/^(?:app:\/\/pacemail\/|data:|blob:)/.test(url))).toEqual([])
    expect(problems).toEqual([])
  })

  test('gives its page nothing of Node and nothing of Electron but one frozen bridge', SLOW, async () => {
    const page = await app.firstWindow()
    const seen = await page.evaluate(() => ({
      node: ['require', 'process', 'Buffer', 'module', 'global'].filter((name) => name in globalThis),
      bridge: Object.keys((globalThis as unknown as { pacemail: object }).pacemail).toSorted(),
    }))
    expect(seen).toEqual({ node: [], bridge: ['onMessage', 'send'] })
  })

  test('stays on its page, opens no window and reaches no network', SLOW, async () => {
    const page = await app.firstWindow()
    const windows = app.windows().length
    const reached = await page.evaluate(async () => {
      globalThis.open('https://example.com/')
      location.assign('https://example.com/')
      const answer = await fetch('https://example.com/').catch(() => null)
      return answer !== null
    })
    expect(reached).toBe(false)
    expect(page.url()).toMatch(/^app:\/\/pacemail\//)
    expect(app.windows()).toHaveLength(windows)
  })

  test('starts as it is packed, with its fuses set', SLOW, async () => {
    const release = join(folder, 'release')
    await packInto(release)
    const data = join(folder, 'packed')
    const program = spawn(packedProgram(release), ['--data', data], { stdio: ['ignore', 'pipe', 'inherit'] })
    let said = ''
    program.stdout.on('data', (piece: Buffer) => (said += piece.toString()))
    await new Promise<void>((resolve) => {
      program.on('close', () => resolve())
      program.stdout.on('data', () => said.includes('Pacemail is ready') && resolve())
    })
    program.kill()
    if (program.exitCode === null && program.signalCode === null) await once(program, 'close')
    expect(said).toContain('Pacemail is ready at app://pacemail/')
    expect(existsSync(join(data, 'pacemail.db'))).toBe(true)
  })
})

function packedProgram(release: string): string {
  if (process.platform === 'win32') return join(release, 'win-unpacked', 'Pacemail.exe')
  if (process.platform === 'linux') return join(release, 'linux-unpacked', 'pacemail')
  const folder = process.arch === 'arm64' ? 'mac-arm64' : 'mac'
  return join(release, folder, 'Pacemail.app', 'Contents', 'MacOS', 'Pacemail')
}
