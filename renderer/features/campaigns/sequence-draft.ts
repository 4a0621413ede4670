/** The sequence editor's state: a plan that may still be incomplete. */
import { Temporal } from 'temporal-polyfill'
import type { Campaign } from '#shared/contract/campaigns'
import { DEFAULT_DELAYS, MOST_STEPS, MOST_VARIANTS } from '#shared/domain/sequence-limits'
import type { DelayUnit, MissedPolicy, SendPriority, Threading } from '#shared/domain/taxonomy'
import type { InputAt } from '../../api/paths.ts'
import { timeProblem } from '../../ui/schedule-time.ts'
import type { When } from '../../ui/WhenFields.tsx'

export type Plan = InputAt<'campaigns.create'>

export interface StepDraft {
  /** Of this draft only, so that a step keeps its fields when one above it goes. */
  readonly key: number
  /** Its place in the campaign as it was opened; null: it is new. */
  readonly place: number | null
  readonly days: number
  readonly unit: DelayUnit
  readonly threading: Threading
  /** Null: not chosen yet. Never empty. */
  readonly templateIds: readonly (number | null)[]
}

export interface SequenceDraft {
  readonly name: string
  readonly steps: readonly StepDraft[]
  readonly mailboxIds: readonly number[]
  readonly when: When
  readonly priority: SendPriority
  readonly useLeadZone: boolean
  readonly missed: MissedPolicy
  readonly expiresAfterHours: number
}

const EXPIRES_AFTER_HOURS = 24

/** Three mails, the follow-ups as answers, until the rep says otherwise. */
export function newDraft(known: {
  readonly templateId: number | null
  readonly mailboxId: number | null
}): SequenceDraft {
  return {
    name: '',
    steps: DEFAULT_DELAYS.map((delay, key) => ({
      key,
      place: null,
      ...delay,
      threading: key === 0 ? 'new' : 'reply',
      templateIds: [key === 0 ? known.templateId : null],
    })),
    mailboxIds: known.mailboxId === null ? [] : [known.mailboxId],
    when: null,
    priority: 1,
    useLeadZone: false,
    missed: 'spread',
    expiresAfterHours: EXPIRES_AFTER_HOURS,
  }
}

export function draftOf(campaign: Campaign, zone: string): SequenceDraft {
  const { name, steps, mailboxIds, scheduledAt, priority, useLeadZone, missed, expiresAfterHours } = campaign
  return {
    name,
    steps: steps.map(({ delay, threading, variants }, key) => ({
      key,
      place: key,
      ...delay,
      threading,
      templateIds: variants.map(({ templateId }) => templateId),
    })),
    mailboxIds,
    when: scheduledAt === null ? null : { local: localOf(scheduledAt, zone), zone },
    priority,
    useLeadZone,
    missed,
    expiresAfterHours: expiresAfterHours ?? EXPIRES_AFTER_HOURS,
  }
}

/** One more mail at the end; a default delay where there is one, else the last one's again. */
export function withStep(draft: SequenceDraft): SequenceDraft {
  const { steps } = draft
  if (steps.length >= MOST_STEPS) return draft
  const last = steps.at(-1)
  const delay = DEFAULT_DELAYS[steps.length] ?? { days: last?.days ?? 7, unit: last?.unit ?? 'working_days' }
  const key = Math.max(-1, ...steps.map((step) => step.key)) + 1
  return { ...draft, steps: [...steps, { key, place: null, ...delay, threading: 'reply', templateIds: [null] }] }
}

/** The first of what is left goes at once and answers none. */
export function withoutStep(draft: SequenceDraft, key: number): SequenceDraft {
  if (draft.steps.length === 1) return draft
  return { ...draft, steps: draft.steps.filter((step) => step.key !== key) }
}

export function withStepPart(draft: SequenceDraft, key: number, part: Partial<StepDraft>): SequenceDraft {
  return { ...draft, steps: draft.steps.map((step) => (step.key === key ? { ...step, ...part } : step)) }
}

export function canAddVariant({ templateIds }: StepDraft): boolean {
  return templateIds.length < MOST_VARIANTS
}

/** What is missing or wrong, a sentence each; empty: it can be saved. `now`: epoch ms. */
export function draftProblems(draft: SequenceDraft, now: number, isStarted: boolean): string[] {
  const { name, steps, mailboxIds, when } = draft
  const problems: string[] = []
  if (name.trim() === '') problems.push('Give the campaign a name.')
  for (const [index, { templateIds }] of steps.entries()) {
    if (templateIds.includes(null)) problems.push(`Choose a template for mail ${index + 1}.`)
    else if (new Set(templateIds).size < templateIds.length) {
      problems.push(`Mail ${index + 1} has the same template twice. Choose another one to compare.`)
    }
  }
  if (mailboxIds.length === 0) problems.push('Choose a mailbox to send from.')
  if (!isStarted && when !== null) {
    if (when.local === null) problems.push('Choose a date and a time to start.')
    else if (timeProblem({ local: when.local, zone: when.zone }, now) !== null)
      problems.push('Choose a start that is still to come.')
  }
  return problems
}

/** Would mail that waits go at another time? */
export function movesMail(draft: SequenceDraft, initial: SequenceDraft): boolean {
  const moving = ({ steps, priority }: SequenceDraft): string =>
    JSON.stringify([priority, steps.map(({ days, unit }, index) => (index === 0 ? null : [days, unit]))])
  return moving(draft) !== moving(initial)
}

/** As the engine takes it; only for a draft without problems. */
export function planOf(draft: SequenceDraft): Plan {
  const { steps, when, missed, expiresAfterHours, mailboxIds, ...rest } = draft
  return {
    ...rest,
    name: draft.name.trim(),
    mailboxIds: [...mailboxIds],
    at: when === null || when.local === null ? null : { local: when.local, zone: when.zone },
    missed,
    expiresAfterHours: missed === 'expire' ? expiresAfterHours : null,
    steps: steps.map(({ days, unit, threading, templateIds }, index) => ({
      delay: { days: index === 0 ? 0 : days, unit },
      threading: index === 0 ? 'new' : threading,
      templateIds: templateIds.filter((id) => id !== null),
    })),
  }
}

/** Of each step the place that it had; null: it is new. */
export function cameFromOf({ steps }: SequenceDraft): (number | null)[] {
  return steps.map(({ place }) => place)
}

function localOf(at: number, zone: string): string {
  return Temporal.Instant.fromEpochMilliseconds(at)
    .toZonedDateTimeISO(zone)
    .toPlainDateTime()
    .toString({ smallestUnit: 'minute' })
}
