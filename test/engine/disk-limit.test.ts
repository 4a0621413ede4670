/**
 * A disk that is really full, somewhere in the middle of a send: the file that grows with every commit may not grow any
 * more, and then the process is killed. Swept over the size, so that each commit of a send is the first to fail once.
 */
import { statSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { audit } from '#test/support/crash-audit'
import { bundleProcess, type Program } from '#test/support/kill-bundle'
import { prepareKillRun } from '#test/support/kill-run'

let program: Program

beforeAll(async () => {
  program = await bundleProcess('kill-child')
})
afterAll(() => program[Symbol.dispose]())

const SIZES = Array.from({ length: 8 }, (_, index) => index * 24)
const MAILS = 60

test.runIf(process.platform !== 'win32').each(['practice', 'smtp'] as const)(
  'a full disk and a kill lose no mail and double none (%s)',
  async (kind) => {
    await using run = await prepareKillRun(program.path, kind, MAILS)
    let stuck = 0
    for (const size of SIZES) {
      const fileBlocks = Math.ceil(statSync(run.file).size / 512) + size
      if (await run.start({ fileBlocks })) stuck += 1
    }
    expect(stuck).toBe(SIZES.length)
    expect(await run.start(null)).toBe(false)

    const { counts, problems } = audit(run.file, run.arrived())
    expect(problems).toEqual([])
    expect((counts['sent'] ?? 0) + (kind === 'smtp' ? (counts['uncertain'] ?? 0) : 0)).toBe(MAILS)
  },
  300_000,
)
