import type { Person } from '#shared/contract/campaigns'
import type { OutputAt } from '../../api/paths.ts'
import { formatCount, formatDay, formatWhen } from '../../ui/format.ts'
import { obstacleText } from '../../ui/obstacle-text.ts'
import type { Tone } from '../../ui/StatusBadge.tsx'
import { NEVER_TEXTS, outcomeLabel, sendStatusLabel, waitText, WAIT_LABELS } from '../../ui/wait-text.ts'
import { PERSON_WORDS } from './campaign-words.ts'

export type PersonStep = Person['steps'][number]

interface StepCell {
  readonly tone: Tone
  /** A few words for the cell. */
  readonly short: string
  /** The whole sentence. */
  readonly long: string
}

/** Where one mail of a person stands. `now`: epoch ms. */
export function stepCell(step: PersonStep, now: number): StepCell {
  const { label, tone } = sendStatusLabel(step)
  switch (step.status) {
    case 'pending':
      return waitingCell(step.wait, now)
    case 'sent': {
      const outcome = outcomeLabel(step)
      const when = step.finishedAt === null ? '' : formatWhen(step.finishedAt, now)
      const came = outcome === null ? '' : ` ${outcome.label}.`
      return { tone: outcome?.tone ?? tone, short: outcome?.label ?? when, long: `Sent ${when}.${came}` }
    }
    case 'skipped':
      return { tone, short: label, long: `Skipped. ${step.skipped === null ? '' : NEVER_TEXTS[step.skipped]}`.trim() }
    case 'processing':
    case 'failed':
    case 'cancelled':
    case 'uncertain':
      return {
        tone,
        short: label,
        long: step.finishedAt === null ? `${label}.` : `${label} ${formatWhen(step.finishedAt, now)}.`,
      }
  }
}

function waitingCell(wait: PersonStep['wait'], now: number): StepCell {
  if (wait === null) return { tone: 'waiting', short: 'Waiting', long: 'It waits.' }
  if (wait.willSkip !== null) {
    return { tone: 'warning', short: 'Will be skipped', long: `It will be skipped. ${NEVER_TEXTS[wait.willSkip]}` }
  }
  if (wait.at === null) return { tone: 'waiting', short: WAIT_LABELS[wait.code], long: `It is ${waitText(wait, now)}.` }
  return { tone: 'waiting', short: formatWhen(wait.at, now), long: `It goes ${waitText(wait, now)}.` }
}

/** Where a person stands, with the day on which somebody who is away is back. */
export function personWord({ status, heldUntil }: Pick<Person, 'status' | 'heldUntil'>, now: number) {
  const word = PERSON_WORDS[status]
  return status === 'on_hold' && heldUntil !== null
    ? { ...word, label: `Away until ${formatDay(heldUntil, now)}` }
    : word
}

/** What putting people back did, and why some stay out. */
export function putBackWords({ changed, left, leftCount }: OutputAt<'campaigns.putBackPeople'>): string {
  const [first] = left
  const done =
    changed === 0
      ? 'Nobody was put back in.'
      : `${formatCount(changed, 'person', 'people')} put back in: they go on where they were.`
  if (first === undefined) return changed === 0 ? `${done} Only people whom you took out can be.` : done
  const who = leftCount === 1 ? first.leadName || first.to : formatCount(leftCount, 'person', 'people')
  const why = obstacleText(first)
  return `${done} ${who} ${leftCount === 1 ? 'stays' : 'stay'} out. ${leftCount === 1 ? why : `The first: ${why}`}`
}
