import { expect, test } from 'vitest'
import { createSystemClock } from '#electron/platform/system-clock'

const clock = createSystemClock()

function arrived(atMs: number): Promise<number> {
  return new Promise((resolve) => clock.at(atMs, () => resolve(clock.now())))
}

test.each([0, 1, -1, 1_000_000_000_000])('a wake-up at %i, long ago, comes soon and not at once', async (atMs) => {
  let isAwake = false
  const awake = new Promise<void>((resolve) => {
    clock.at(atMs, () => {
      isAwake = true
      resolve()
    })
  })
  expect(isAwake).toBe(false)
  await awake
})

test('a wake-up is never early', async () => {
  const wanted = [0, 1, 3, 10, 25].map((ms) => clock.now() + ms)
  const woken = await Promise.all(wanted.map(arrived))
  expect(woken.filter((at, index) => at < (wanted[index] ?? 0))).toEqual([])
})

test('a wake-up in a thousand years holds, and is forgotten when it is disarmed', async () => {
  let wakes = 0
  const disarm = clock.at(clock.now() + 1_000 * 365 * 86_400_000, () => (wakes += 1))
  await arrived(clock.now() + 20)
  disarm()
  disarm()
  expect(wakes).toBe(0)
})

test('what was disarmed does not run, however near it was', async () => {
  let wakes = 0
  for (const ms of [-5, 0, 5]) clock.at(clock.now() + ms, () => (wakes += 1))()
  await arrived(clock.now() + 20)
  expect(wakes).toBe(0)
})

test('a clock that is set back ten years wakes whoever waits, to look again', async () => {
  const { now } = Date
  try {
    const woken = arrived(now() + 50)
    Date.now = () => now() - 10 * 365 * 86_400_000
    expect(await woken).toBeLessThan(now())
  } finally {
    Date.now = now
  }
})

test('sleep ends after its time by the clock that only moves forward', async () => {
  const before = clock.monotonic()
  await clock.sleep(15)
  expect(clock.monotonic() - before).toBeGreaterThanOrEqual(15)
})

test('sleep rejects with the reason of the signal, before and during it', async () => {
  const reason = new Error('enough')
  await expect(clock.sleep(60_000, AbortSignal.abort(reason))).rejects.toBe(reason)
  const controller = new AbortController()
  const slept = clock.sleep(40 * 86_400_000, controller.signal)
  controller.abort(reason)
  await expect(slept).rejects.toBe(reason)
})

test('the zone is the system’s now, not the one Node started with', () => {
  const before = process.env['TZ']
  try {
    process.env['TZ'] = 'Pacific/Auckland'
    expect(clock.zone()).toBe('Pacific/Auckland')
    process.env['TZ'] = ':Asia/Kathmandu'
    expect(['Asia/Kathmandu', 'Asia/Katmandu']).toContain(clock.zone())
    process.env['TZ'] = 'No/Such_Zone'
    expect(() => new Intl.DateTimeFormat('en', { timeZone: clock.zone() })).not.toThrow()
  } finally {
    if (before === undefined) delete process.env['TZ']
    else process.env['TZ'] = before
  }
})
