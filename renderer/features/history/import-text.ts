import { formatCount, formatDay } from '../../ui/format.ts'
import type { HistoryImport } from './use-history.ts'

/** How far a mailbox has been read, percent. */
export function percentRead({ sinceAt, untilAt, readAt }: HistoryImport): number {
  return untilAt <= sinceAt ? 100 : Math.min(100, Math.round(((untilAt - readAt) / (untilAt - sinceAt)) * 100))
}

/** Where an import stands, in one line. */
export function stageText(one: HistoryImport, now: number): string {
  switch (one.stage) {
    case 'reading':
      return `Reading: ${formatCount(one.mails, 'mail')} looked at, back to ${formatDay(one.readAt, now)}.`
    case 'stopped':
      return `Stopped at ${formatDay(one.readAt, now)}, after ${formatCount(one.mails, 'mail')}. What was found is kept aside.`
    case 'found':
      return 'Nothing is in the history yet: look at what it would change.'
    case 'keeping':
      return `Adding: ${formatCount(one.left, 'contact')} to go.`
    case 'kept':
      return one.kept === 0
        ? 'Everything in it was known already; nothing was added.'
        : `${formatCount(one.kept, 'contact')} added to the history.`
    case 'undoing':
      return `Taking it out again: ${formatCount(one.left, 'contact')} to go.`
    case 'undone':
      return 'Taken out of the history again.'
  }
}

/** What keeping would do, as sentences; the consequence first. */
export function findingTexts(findings: NonNullable<HistoryImport['findings']>, now: number): readonly string[] {
  const { contacts, known, people, leads, coolingLeads, waitingMails, oldestAt, newestAt } = findings
  if (contacts === 0 || oldestAt === null || newestAt === null) return ['No contact was found.']
  const texts = [
    `${formatCount(contacts, 'contact')} with ${formatCount(people, 'person', 'people')}, from ${formatDay(oldestAt, now)} to ${formatDay(newestAt, now)}.`,
    leads === 0
      ? 'None of them is one of your leads so far.'
      : `${formatCount(leads, 'of them is a lead', 'of them are leads')} of yours.`,
  ]
  if (coolingLeads > 0) {
    texts.push(
      `${formatCount(coolingLeads, 'lead')} could be written to now and would be left alone until the cool-down is over.`,
    )
  }
  if (waitingMails > 0) {
    texts.push(`${formatCount(waitingMails, 'waiting mail')} to them would be skipped when the turn comes.`)
  }
  if (known > 0) texts.push(`${formatCount(known, 'contact is', 'contacts are')} known already and not added again.`)
  return texts
}
