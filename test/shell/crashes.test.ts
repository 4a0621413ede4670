import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test, vi } from 'vitest'
import { collectDumps, keepDumps, watchCrashes } from '#electron/shell/crashes'
import { app, crashReporter } from './fake-electron.ts'

vi.mock('electron', () => import('./fake-electron.ts'))

afterEach(() => app.removeAllListeners())

test('pictures of crashed processes stay on this machine', () => {
  keepDumps()
  expect(crashReporter.started).toEqual([{ uploadToServer: false }])
})

test('a window’s process that ends by itself is a crash; one that was to end is none', () => {
  const write = vi.fn()
  watchCrashes({ write })
  app.emit('render-process-gone', {}, {}, { reason: 'clean-exit', exitCode: 0 })
  app.emit('child-process-gone', {}, { type: 'GPU', reason: 'killed', exitCode: 9 })
  expect(write).not.toHaveBeenCalled()
  app.emit('render-process-gone', {}, {}, { reason: 'oom', exitCode: 5 })
  app.emit('child-process-gone', {}, { type: 'GPU', reason: 'crashed', exitCode: 11 })
  expect(write.mock.calls.flat()).toMatchObject([
    { source: 'page_process', isCrash: true, facts: { reason: 'oom', exitCode: 5 } },
    { source: 'helper_process', isCrash: false, facts: { type: 'GPU', reason: 'crashed', exitCode: 11 } },
  ])
})

test('what an earlier run left behind is found wherever the system keeps it', () => {
  const folder = mkdtempSync(join(tmpdir(), 'pacemail-dumps-'))
  const adoptDump = vi.fn()
  try {
    app.paths.set('crashDumps', folder)
    mkdirSync(join(folder, 'completed'))
    for (const name of ['completed/a.dmp', 'completed/a.meta', 'settings.dat']) writeFileSync(join(folder, name), '')
    collectDumps({ adoptDump })
    app.paths.set('crashDumps', join(folder, 'missing'))
    collectDumps({ adoptDump })
  } finally {
    rmSync(folder, { recursive: true })
  }
  expect(adoptDump.mock.calls).toEqual([[join(folder, 'completed', 'a.dmp')]])
})
