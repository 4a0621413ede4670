import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Send } from '#db/queries/sends'
import type { Case, Figure } from './figures.ts'
import { BETWEEN_SENDS_MS, openQueue, type OpenQueue, scheduleAll, startStocked } from './ground.ts'
import { interleave, median, medianRatio } from './measure.ts'
import { createBareLoop, createPlainjob } from './peers.ts'

/** Sends a round; a round is short, so that all meet the same moments of the machine. */
const A_ROUND = 50

/** The queue's own moves at synchronous=FULL, gates asked and events written in the same transactions, beside peers. */
export const claiming: Case = {
  title: 'Claiming and completing',
  async run({ folder, isQuick }) {
    const rounds = isQuick ? 5 : 20
    const jobs = isQuick ? 2_000 : 10_000
    const dataFolder = join(folder, 'claiming')
    mkdirSync(dataFolder)
    {
      await using app = await startStocked(dataFolder, jobs)
      scheduleAll(app, { listId: null, key: 'all' })
    }
    using ours = openQueue(dataFolder)
    using plainjob = createPlainjob(dataFolder, jobs)
    using bare = createBareLoop(dataFolder, jobs)
    const lives: Life[] = []
    const found = await interleave(rounds, {
      ours: () => {
        lives.push(sendMany(ours, A_ROUND))
        return lives.at(-1)?.wholeMs ?? 0
      },
      plainjob: () => plainjob.work(A_ROUND),
      bare: () => bare.work(A_ROUND),
      worker: () => plainjob.byWorker(A_ROUND),
    })
    const twoMoves = lives.map(({ claimMs, completeMs }) => claimMs + completeMs)
    return { figures: figuresOf({ ...found, twoMoves }), notes: NOTES }
  },
}

const NOTES = [
  'a commit at FULL waits for the disk: the bare loop is the ceiling for two commits a job; a slow disk blurs them all.',
  'claim + complete: the two moves that plainjob has too, each with its event, timed inside the whole life of a send.',
  'whole life: claimed, drafted, started (gates asked again), a last look, accepted: four commits, so that a crash never sends twice.',
  'plainjob at its calls: take, read, done; at its worker: as its README runs it. Both at WAL and synchronous=FULL.',
]

function figuresOf(ms: Record<'ours' | 'twoMoves' | 'plainjob' | 'worker' | 'bare', number[]>): Figure[] {
  const rate = (times: readonly number[]): number => 1_000 / median(times)
  return [
    { name: 'claim + complete', value: rate(ms.twoMoves), unit: 'a second' },
    { name: 'whole life of a send', value: rate(ms.ours), unit: 'a second' },
    { name: 'plainjob at its calls', value: rate(ms.plainjob), unit: 'a second' },
    { name: 'plainjob at its worker', value: rate(ms.worker), unit: 'a second' },
    { name: 'bare loop of two commits', value: rate(ms.bare), unit: 'a second' },
    {
      name: 'claim + complete, against plainjob at its calls',
      value: medianRatio(ms.plainjob, ms.twoMoves),
      unit: 'x',
      aim: { is: 'at least', value: 1.4 },
    },
    { name: 'claim + complete, against plainjob at its worker', value: medianRatio(ms.worker, ms.twoMoves), unit: 'x' },
    { name: 'claim + complete, against the bare loop', value: medianRatio(ms.bare, ms.twoMoves), unit: 'x' },
    { name: 'the bare loop, against plainjob at its calls', value: medianRatio(ms.plainjob, ms.bare), unit: 'x' },
    { name: 'whole life, against plainjob at its calls', value: medianRatio(ms.plainjob, ms.ours), unit: 'x' },
  ]
}

/** Per send, ms. */
interface Life {
  readonly wholeMs: number
  readonly claimMs: number
  readonly completeMs: number
}

function sendMany(on: OpenQueue, count: number): Life {
  const total = { claimMs: 0, completeMs: 0 }
  const from = performance.now()
  for (let done = 0; done < count; done += 1) sendOne(on, total)
  const wholeMs = (performance.now() - from) / count
  return { wholeMs, claimMs: total.claimMs / count, completeMs: total.completeMs / count }
}

/** What the sender does with one mail, without the mailbox. */
function sendOne({ queue, clock, mailboxId }: OpenQueue, total: { claimMs: number; completeMs: number }): void {
  clock.set(clock.now() + BETWEEN_SENDS_MS)
  const from = performance.now()
  const claim = queue.claim(mailboxId)
  total.claimMs += performance.now() - from
  if (claim.got !== 'send') throw new Error(`nothing to claim: ${claim.got}`)
  const drafted = given(queue.move(claim.send, { type: 'drafted', draftId: claim.send.key }))
  const started = given(queue.start(drafted, null))
  if (!queue.mayLeave(started)) throw new Error('a send that may not leave')
  const answered = performance.now()
  given(queue.move(started, { type: 'accepted', now: clock.now(), providerMessageId: started.key }))
  total.completeMs += performance.now() - answered
}

function given(send: Send | null): Send {
  if (!send) throw new Error('a move was refused')
  return send
}
