/** Several processes on one data folder: one of them sends, whatever becomes of it. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { audit } from '#test/support/crash-audit'
import { bundleProcess, type Program } from '#test/support/kill-bundle'
import { type OwnerProcess, startOwner } from '#test/support/kill-owners'
import { prepareKillRun } from '#test/support/kill-run'
import { createFakeMailbox } from '#test/support/fake-mailbox'
import { ALWAYS, MONDAY_9, startTestEngine } from '#test/support/start-test-engine'
import { dispatchAll, stock } from '#test/support/stock'

let program: Program

beforeAll(async () => {
  program = await bundleProcess('kill-owner')
})
afterAll(() => program[Symbol.dispose]())

async function endAll(processes: readonly OwnerProcess[]): Promise<void> {
  for (const process of processes) await process[Symbol.asyncDispose]()
}

test('of four processes that start at once, one owns the folder and sends; the others look on', async () => {
  await using run = await prepareKillRun(program.path, 'practice', 6)
  const order = { dataFolder: run.dataFolder, startAt: MONDAY_9 }
  const processes = Array.from({ length: 4 }, () => startOwner(program.path, order))
  try {
    const roles = await Promise.all(processes.map((process) => process.said()))
    expect(roles.toSorted()).toEqual(['owner', 'viewer', 'viewer', 'viewer'])

    const owner = processes[roles.indexOf('owner')]
    owner?.tell('send')
    for (let sent = 0; sent < 6; sent += 1) expect(await owner?.said()).toBe('sent')
    expect(await owner?.said()).toBe('done')
  } finally {
    await endAll(processes)
  }
  expect(audit(run.file, run.arrived())).toMatchObject({ counts: { sent: 6 }, problems: [] })
}, 300_000)

test('in an empty folder too, never more than one becomes the owner; a loser looks on or says that it is taken', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'pacemail-race-'))
  const order = { dataFolder: join(folder, 'data'), startAt: MONDAY_9 }
  const processes = Array.from({ length: 4 }, () => startOwner(program.path, order))
  try {
    const roles = await Promise.all(processes.map((process) => process.said()))
    expect(roles.filter((role) => role === 'owner')).toHaveLength(1)
    expect(roles.filter((role) => !['owner', 'viewer', 'db.locked'].includes(role))).toEqual([])
  } finally {
    await endAll(processes)
    rmSync(folder, { recursive: true, force: true })
  }
}, 300_000)

test('a frozen owner keeps the folder; once it is killed another takes over, and every mail is sent once', async () => {
  await using run = await prepareKillRun(program.path, 'practice', 8)
  const order = { dataFolder: run.dataFolder, startAt: MONDAY_9 }
  const first = startOwner(program.path, order)
  const second = startOwner(program.path, { ...order, startAt: MONDAY_9 + 3_600_000 })
  try {
    const owner = (await first.said()) === 'owner' ? first : second
    const other = owner === first ? second : first
    if (other === second) expect(await second.said()).toBe('viewer')
    else expect(await second.said()).toBe('owner')
    owner.tell('send')
    expect(await owner.said()).toBe('sent')
    owner.signal('SIGSTOP')

    other.tell('take over')
    expect(await other.said()).toBe('db.locked')
    await using third = startOwner(program.path, order)
    expect(await third.said()).toBe('viewer')

    owner.signal('SIGCONT')
    expect(await owner.said()).toBe('sent')
    owner.signal('SIGKILL')
    await owner.ended()
    other.tell('take over')
    expect(await other.said()).toBe('owner')
    other.tell('send')
    for (let word = 'sent'; word !== 'done'; word = await other.said()) expect(word).toBe('sent')
  } finally {
    await endAll([first, second])
  }
  expect(audit(run.file, run.arrived())).toMatchObject({ counts: { sent: 8 }, problems: [] })
}, 300_000)

/** The kernel keeps the lock for a frozen owner; but a rep, or a program that tidies up, can take its file away. */
test('an owner that was overtaken after all writes nothing more and lets nothing leave', async () => {
  const mailbox = createFakeMailbox()
  await using overtaken = await startTestEngine({ mailbox })
  const { dataFolder, secrets } = overtaken
  const goods = await stock(overtaken, 4, { hours: ALWAYS, gapMs: { min: 60_000, max: 60_000 } })
  const { promise: mayGoOn, resolve: goOn } = Promise.withResolvers<void>()
  mailbox.onAsk = () => mayGoOn
  await dispatchAll(overtaken, goods)

  rmSync(join(dataFolder, 'owner.lock'))
  const fresh = { ...createFakeMailbox(), drafts: mailbox.drafts }
  await using owner = await startTestEngine({ dataFolder, secrets, mailbox: fresh, start: MONDAY_9 + 3_600_000 })
  expect(owner.engine.role()).toBe('owner')

  goOn()
  await overtaken.run(86_400_000)
  expect(mailbox.sent).toHaveLength(0)
  await owner.runOut()
  expect(fresh.sent).toHaveLength(4)
  const { counts, problems } = audit(join(dataFolder, 'pacemail.db'), arrivalsOf(fresh.sent))
  expect(problems).toEqual([])
  expect(counts).toEqual({ sent: 4 })
}, 60_000)

function arrivalsOf(mails: readonly { key: string; to: { address: string } }[]): { key: string; to: string }[] {
  return mails.map((mail) => ({ key: mail.key, to: mail.to.address }))
}
