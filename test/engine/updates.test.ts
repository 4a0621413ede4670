import { expect, test } from 'vitest'
import { startTestEngine } from '#test/support/start-test-engine'

test('the host is told at the start that nobody is asked for updates, and the rep’s choice from then on', async () => {
  const told: boolean[] = []
  await using app = await startTestEngine({ lookForUpdates: (isOn) => told.push(isOn) })
  expect(told).toEqual([false])
  expect(await app.api.app.updates({})).toEqual({ isOn: false })
  expect(await app.api.app.saveUpdates({ isOn: true })).toEqual({ isOn: true })
  expect(await app.api.app.updates({})).toEqual({ isOn: true })
  expect(told).toEqual([false, true])
})
