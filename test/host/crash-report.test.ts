import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { openErrorReports } from '#electron/platform/error-reports'
import { startTestEngine } from '#test/support/start-test-engine'

const SERVE = fileURLToPath(new URL('../../electron/serve.ts', import.meta.url))
/** A mistake in the program, at a word from outside. */
const MISTAKE = `data:text/javascript,process.stdin.once('data', () => { throw new Error('a mistake for ann@corp.example') })`

test('a program that crashes leaves a report, and the next start tells of it once', { timeout: 90_000 }, async () => {
  const dataFolder = mkdtempSync(join(tmpdir(), 'pacemail-crash-'))
  try {
    const args = ['--import', MISTAKE, SERVE, '--no-open', '--data', dataFolder]
    const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'ignore'] })
    child.stdout.on('data', (piece: Buffer) => {
      if (piece.includes('is ready at')) child.stdin.write('now')
    })
    const [code] = (await once(child, 'close')) as [number]
    expect(code).not.toBe(0)
    const [report] = openErrorReports({ dataFolder, clock: { now: () => 0 }, version: '', host: 'web' }).list()
    expect(report).toMatchObject({ source: 'program', isCrash: true, summary: 'Error: a mistake for <address>' })

    await using app = await startTestEngine({ dataFolder })
    const { reports } = app.api
    expect(await reports.list({})).toMatchObject({ crashedAt: report?.at, rows: [{ id: report?.id }] })
    await reports.seen({})
    expect((await reports.list({})).crashedAt).toBeNull()
    expect((await reports.get({ reportId: report?.id ?? '' })).text).toContain('a mistake for <address>')
    await reports.remove({ reportId: report?.id ?? '' })
    await expect(reports.get({ reportId: report?.id ?? '' })).rejects.toMatchObject({ code: 'report.not_found' })
  } finally {
    rmSync(dataFolder, { recursive: true })
  }
})
