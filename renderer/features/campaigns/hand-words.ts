/** What is said of mails that the rep wrote over for single people before the campaign starts. */
import type { Campaign } from '#shared/contract/campaigns'
import { placeAfter } from '#shared/domain/moved-steps'
import type { OutputAt } from '../../api/paths.ts'
import { formatCount, formatNumber } from '../../ui/format.ts'
import { mailName } from './campaign-words.ts'
import type { Plan } from './sequence-draft.ts'

/** Of one mail in its row. */
export function byHandWords(isOld: boolean): { readonly short: string; readonly long: string } {
  return isOld
    ? { short: 'Read again', long: `Edited by hand. ${OLD_WORDS}` }
    : { short: 'By hand', long: 'Edited by hand: it goes with your words.' }
}

/** Of one mail whose step has got another text. */
export const OLD_WORDS =
  'Its template or its mailbox has changed since you wrote it. It goes with your words all the same.'

/** How many there are, a sentence each; empty: there are none. `left`: people who would be left out at the start. */
export function handWords({ steps }: Pick<Campaign, 'steps'>, left: number): string[] {
  const count = sum(steps.map(({ byHand }) => byHand))
  const old = sum(steps.map(({ byHandOld }) => byHandOld))
  if (count === 0) return []
  const lost = left === 0 ? '' : ' What you edited for somebody who is left out at the start is lost.'
  const first = `${formatCount(count, 'mail')} edited by hand.${lost}`
  if (old === 0) return [first]
  const which =
    old === count ? 'The template or the mailbox has' : `For ${formatNumber(old)} the template or the mailbox has`
  const go = old === 1 ? 'It goes' : 'They go'
  return [first, `${which} changed since. ${go} with your words all the same: look for “Read again” among the people.`]
}

interface Change {
  /** Of each step the place that it had; null: it is new. */
  readonly cameFrom: readonly (number | null)[]
  /** The newest version of each template, by template. */
  readonly newest: ReadonlyMap<number, number>
}

/** What saving a draft will do to them, a sentence each. */
export function handChangeWords(before: Campaign, plan: Plan, { cameFrom, newest }: Change): string[] {
  const words: string[] = []
  for (const [index, was] of before.steps.entries()) {
    if (was.byHand === 0) continue
    const mails = formatCount(was.byHand, 'mail')
    const place = placeAfter(index, { cameFrom, steps: plan.steps.length })
    const step = place === null ? undefined : plan.steps[place]
    if (place === null || step === undefined) {
      words.push(`${mailName(index)} is gone, and with it ${mails} that you edited by hand.`)
    } else if (hasOtherTexts(was, step, newest)) {
      words.push(
        `${mailName(place)} gets another text: ${mails} that you edited by hand ${keep(was.byHand)} your words.`,
      )
    }
  }
  const isLeft = before.mailboxIds.some((id) => !plan.mailboxIds.includes(id))
  if (isLeft && before.steps.some(({ byHand }) => byHand > 0)) {
    words.push('Mails that you edited by hand keep the signature that stands in them, whichever mailbox they go from.')
  }
  return words
}

function hasOtherTexts(was: Campaign['steps'][number], step: Plan['steps'][number], newest: Change['newest']): boolean {
  const { variants } = was
  const isOlder = variants.some(({ templateId, versionId }) => (newest.get(templateId) ?? versionId) !== versionId)
  const has = variants.map(({ templateId }) => templateId).join()
  return isOlder || was.threading !== step.threading || has !== step.templateIds.join()
}

/** What saving a draft did. */
export function handChangedWords({ kept, dropped }: Pick<OutputAt<'campaigns.change'>, 'kept' | 'dropped'>): string {
  const parts = [
    kept === 0 ? null : `${formatCount(kept, 'mail')} that you edited by hand ${keep(kept)} your words`,
    dropped === 0 ? null : `${formatCount(dropped, 'mail')} that you edited by hand went with the mail that is gone`,
  ].filter((part) => part !== null)
  return parts.length === 0 ? 'Saved.' : `Saved: ${parts.join(', ')}.`
}

/** What taking people out means. `hasEdits`: something was written for them by hand. */
export function removalWords(isDraft: boolean, { count, hasEdits }: { count: number; hasEdits: boolean }): string {
  const who = count === 1 ? 'them' : 'these people'
  if (isDraft) {
    const lost = hasEdits ? ` What you edited by hand for ${who} is lost.` : ''
    return `Nothing is queued for ${who} yet.${lost} You can add them again.`
  }
  return `What still waits for ${who} in this campaign is cancelled. What has been sent stays sent. Put back in later, they go on where they were.`
}

function keep(count: number): string {
  return count === 1 ? 'keeps' : 'keep'
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, each) => all + each, 0)
}
