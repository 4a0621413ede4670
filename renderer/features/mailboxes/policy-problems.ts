import { gapOf, minutesOf, UNIT_MS, type NumberDraft, type PolicyDraft, type RangeDraft } from './policy-draft.ts'

/** A sentence for each field that cannot be saved as it is. */
export interface PolicyProblems {
  gapMin?: string
  gapMax?: string
  hourlyCap?: string
  dailyCap?: string
  handReserve?: string
  rampFirst?: string
  rampPerDay?: string
  domainCap?: string
  coolDownDays?: string
  /** By day, Monday first. */
  days: readonly (string | null)[]
  /** About the week as a whole. */
  week?: string
}

const LONGEST_GAP_MS = 24 * 60 * UNIT_MS.minutes

/** Everything that can be seen without the calendar; the engine checks the rest when it is saved. */
export function problemsOf(draft: PolicyDraft): PolicyProblems {
  const problems: PolicyProblems = { days: draft.week.map(dayProblem), ...gapProblems(draft) }
  if (draft.week.every((ranges) => ranges.length === 0)) {
    problems.week = 'With these hours nothing would ever be sent. Open at least one day.'
  }
  note(problems, 'hourlyCap', wholeNumber(draft.hourlyCap, 1, 50))
  note(problems, 'dailyCap', wholeNumber(draft.dailyCap, 1, 500))
  note(problems, 'domainCap', wholeNumber(draft.domainCap, 0, 50))
  note(problems, 'coolDownDays', wholeNumber(draft.coolDownDays, 0, 365))
  note(problems, 'handReserve', reserveProblem(draft))
  if (draft.hasRamp) {
    note(problems, 'rampFirst', wholeNumber(draft.rampFirst, 1, 500))
    note(problems, 'rampPerDay', wholeNumber(draft.rampPerDay, 0, 100))
  }
  return problems
}

export function hasProblems(problems: PolicyProblems): boolean {
  const { days, ...fields } = problems
  return days.some((problem) => problem !== null) || Object.values(fields).some((problem) => problem !== undefined)
}

function gapProblems(draft: PolicyDraft): Pick<PolicyProblems, 'gapMin' | 'gapMax'> {
  const gap = gapOf(draft)
  const found: Pick<PolicyProblems, 'gapMin' | 'gapMax'> = {}
  note(found, 'gapMin', gapSize(draft.gapMin, gap.min))
  note(found, 'gapMax', gapSize(draft.gapMax, gap.max))
  if (found.gapMin === undefined && found.gapMax === undefined && gap.min > gap.max) {
    found.gapMin = 'The shortest pause is longer than the longest one. Swap the two.'
  }
  return found
}

function gapSize(typed: NumberDraft, ms: number): string | null {
  if (typed === '') return 'Write a number.'
  return ms >= 1_000 && ms <= LONGEST_GAP_MS ? null : 'Between 1 second and 24 hours.'
}

function dayProblem(ranges: readonly RangeDraft[]): string | null {
  const known = ranges.map(minutesOf)
  if (known.some(({ from, to }) => Number.isNaN(from) || Number.isNaN(to))) return 'Fill in both times.'
  if (known.some(({ from, to }) => from >= to)) return 'The end is before the beginning. For a night, use two days.'
  const sorted = known.toSorted((left, right) => left.from - right.from)
  const hasOverlap = sorted.some((range, index) => range.from < (sorted[index - 1]?.to ?? 0))
  if (hasOverlap) return 'These hours overlap. Join them into one.'
  return known.length > 6 ? 'At most six ranges a day.' : null
}

function wholeNumber(value: NumberDraft, min: number, max: number): string | null {
  const isFine = typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max
  return isFine ? null : `A whole number from ${min} to ${max}.`
}

/** At least one mail a day must be left for the queue. */
function reserveProblem({ handReserve, dailyCap }: PolicyDraft): string | null {
  const problem = wholeNumber(handReserve, 0, 100)
  if (problem !== null) return problem
  const isTooMuch = typeof dailyCap === 'number' && Number(handReserve) > 0 && Number(handReserve) >= dailyCap
  return isTooMuch ? 'Less than the day’s limit, or nothing is left for the queue.' : null
}

function note<K extends string>(problems: { [key in K]?: string }, key: K, problem: string | null): void {
  if (problem !== null) problems[key] = problem
}
