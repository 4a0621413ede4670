import { EventEmitter } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createSimulatedClock } from '#electron/platform/simulated-clock'
import { silentLog } from '#electron/platform/log'
import { canUpdate, createUpdates } from '#electron/shell/updates'

const HOUR = 3_600_000

/** electron-updater with a memory; `answer` is the test's to set. */
const updater = vi.hoisted(() => ({ loads: 0, current: null as unknown }))
vi.mock('electron-updater', () => ({
  get autoUpdater() {
    updater.loads += 1
    return updater.current
  },
}))

class FakeUpdater extends EventEmitter {
  asked = 0
  answer: () => Promise<unknown> = () => Promise.resolve(null)
  autoDownload = false
  autoInstallOnAppQuit = false
  allowDowngrade = true
  allowPrerelease = true
  disableWebInstaller = false
  checkForUpdates(): Promise<unknown> {
    this.asked += 1
    return this.answer()
  }
}

function start() {
  const fake = new FakeUpdater()
  Object.assign(updater, { loads: 0, current: fake })
  const clock = createSimulatedClock(0, 'UTC')
  const notes: string[] = []
  const lookFor = createUpdates({ clock, log: silentLog, notify: ({ body }) => void notes.push(body) })
  return { fake, clock, notes, lookFor }
}

/** What has been asked for is loaded and answered. */
const settled = (): Promise<void> => vi.dynamicImportSettled().then(() => Promise.resolve())

describe('looking for updates', () => {
  test('nobody is asked, and nothing is loaded, until the rep switches it on', async () => {
    const { fake, clock, lookFor } = start()
    lookFor(false)
    await clock.advance(72 * HOUR)
    expect({ asked: fake.asked, loads: updater.loads }).toEqual({ asked: 0, loads: 0 })
  })

  test('switched on, it is asked at once and then once a day, until it is switched off', async () => {
    const { fake, clock, lookFor } = start()
    lookFor(true)
    await settled()
    expect(fake.asked).toBe(1)
    await clock.advance(23 * HOUR)
    expect(fake.asked).toBe(1)
    await clock.advance(2 * HOUR)
    expect(fake.asked).toBe(2)
    lookFor(true)
    lookFor(false)
    await clock.advance(72 * HOUR)
    expect(fake.asked).toBe(2)
  })

  test('switched off while its code is being loaded, it asks nobody', async () => {
    const { fake, lookFor } = start()
    lookFor(true)
    lookFor(false)
    await settled()
    expect({ asked: fake.asked, installs: fake.autoInstallOnAppQuit }).toEqual({ asked: 0, installs: false })
  })

  test('an answer that does not come is not the end of asking', async () => {
    const { fake, clock, lookFor } = start()
    fake.answer = () => Promise.reject(new Error('net::ERR_INTERNET_DISCONNECTED'))
    lookFor(true)
    await settled()
    await clock.advance(25 * HOUR)
    expect(fake.asked).toBe(2)
  })

  test('only a newer, finished version is fetched, and it waits until the app ends', async () => {
    const { fake, notes, lookFor } = start()
    lookFor(true)
    await settled()
    const { autoDownload, autoInstallOnAppQuit, allowDowngrade, allowPrerelease, disableWebInstaller } = fake
    expect({ autoDownload, autoInstallOnAppQuit, allowDowngrade, allowPrerelease, disableWebInstaller }).toEqual({
      autoDownload: true,
      autoInstallOnAppQuit: true,
      allowDowngrade: false,
      allowPrerelease: false,
      disableWebInstaller: true,
    })
    fake.emit('update-downloaded', { version: '1.2.3' })
    expect(notes).toEqual(['Version 1.2.3 is installed when you quit Pacemail.'])
  })

  test('what was fetched before it was switched off is not installed', async () => {
    const { fake, lookFor } = start()
    lookFor(true)
    await settled()
    lookFor(false)
    expect(fake.autoInstallOnAppQuit).toBe(false)
  })
})

describe('an app may replace itself', () => {
  let resources: string
  beforeEach(() => {
    resources = mkdtempSync(join(tmpdir(), 'pacemail-resources-'))
  })
  afterEach(() => rmSync(resources, { recursive: true }))

  test.each([
    ['on macOS, which checks who signed it', 'darwin', 'provider: github\n', true],
    [
      'on Windows with the name of who must have signed it',
      'win32',
      'provider: github\npublisherName:\n  - Ann\n',
      true,
    ],
    ['not on Windows without that name', 'win32', 'provider: github\n', false],
    ['not on Linux, where nobody checks', 'linux', 'provider: github\npublisherName:\n  - Ann\n', false],
  ] as const)('%s', (_words, platform, feed, expected) => {
    writeFileSync(join(resources, 'app-update.yml'), feed)
    expect(canUpdate({ platform, resources })).toBe(expected)
  })

  test('not when it was built without a place of updates', () => {
    expect(canUpdate({ platform: 'darwin', resources })).toBe(false)
  })
})
