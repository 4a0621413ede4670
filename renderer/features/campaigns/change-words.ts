import type { Campaign } from '#shared/contract/campaigns'
import type { OutputAt } from '../../api/paths.ts'
import { formatCount } from '../../ui/format.ts'
import type { Plan } from './sequence-draft.ts'

type Step = Plan['steps'][number]

const WRITTEN_ANEW = 'what waits of it is written anew.'

/** What saving will do to the mail of a campaign that has started, a sentence each; empty: nothing about its mail changes. */
export function changeWords(before: Campaign, plan: Plan, newest: ReadonlyMap<number, number>): string[] {
  const words: string[] = []
  for (const [index, step] of plan.steps.entries()) {
    const was = before.steps[index]
    if (was === undefined)
      words.push(`Mail ${index + 1} is new: it is added for everybody who is still in the campaign and has not got it.`)
    else words.push(...stepChanges(was, step, { index, newest }))
  }
  for (let index = plan.steps.length; index < before.steps.length; index += 1) {
    words.push(`Mail ${index + 1} is gone: what waits of it is cancelled.`)
  }
  if (!hasSame(before.mailboxIds, plan.mailboxIds)) {
    words.push('People who are added from now on are written to from the mailboxes you chose; the others keep theirs.')
  }
  const { processing, uncertain } = before.progress
  if (processing + uncertain > 0 && words.some((sentence) => sentence.endsWith(WRITTEN_ANEW))) {
    words.push('A mail that is on its way or in doubt takes its new text only if it turns out not to have been sent.')
  }
  if (before.priority !== plan.priority) words.push('What waits gets the new priority.')
  return words
}

interface Place {
  readonly index: number
  /** The newest version of each template, by template. */
  readonly newest: ReadonlyMap<number, number>
}

function stepChanges(was: Campaign['steps'][number], step: Step, { index, newest }: Place): string[] {
  const words: string[] = []
  const isOlder = was.variants.some(({ templateId, versionId }) => (newest.get(templateId) ?? versionId) !== versionId)
  const ids = was.variants.map(({ templateId }) => templateId)
  if (!hasSame(ids, step.templateIds) || (index > 0 && was.threading !== step.threading)) {
    words.push(`Mail ${index + 1} changes: ${WRITTEN_ANEW}`)
  } else if (isOlder) {
    words.push(`Mail ${index + 1} takes the newest version of its template: ${WRITTEN_ANEW}`)
  }
  if (index > 0 && (was.delay.days !== step.delay.days || was.delay.unit !== step.delay.unit)) {
    words.push(`Mail ${index + 1} goes at another time: the days are counted anew from the mail before it.`)
  }
  return words
}

/** What saving did. */
export function changedWords({
  rewritten,
  kept,
  undecided,
  cancelled,
  added,
}: Omit<OutputAt<'campaigns.change'>, 'campaign'>): string {
  const parts = [
    rewritten === 0 ? null : `${formatCount(rewritten, 'mail')} written anew`,
    kept === 0
      ? null
      : `${formatCount(kept, 'mail')} kept their old text: you wrote them over by hand, or they lack a field of the new one`,
    undecided === 0
      ? null
      : `${formatCount(undecided, 'mail')} on the way or in doubt, to take the new text if not sent after all`,
    cancelled === 0 ? null : `${formatCount(cancelled, 'mail')} cancelled`,
    added === 0 ? null : `${formatCount(added, 'mail')} added`,
  ].filter((part) => part !== null)
  return parts.length === 0 ? 'Saved. No waiting mail had to change.' : `Saved: ${parts.join(', ')}.`
}

function hasSame(one: readonly number[], other: readonly number[]): boolean {
  return one.length === other.length && one.every((id, index) => id === other[index])
}
