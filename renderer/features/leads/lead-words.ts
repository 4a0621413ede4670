import type { Lead, LeadFilter } from '#shared/contract/leads'
import type { LeadReview, SendStatus } from '#shared/domain/taxonomy'
import { formatCount } from '../../ui/format.ts'

export const REVIEW_WORDS = {
  new: 'New',
  approved: 'Approved',
  rejected: 'Rejected',
} satisfies Record<LeadReview, string>

/** The newest send to a lead, in words. */
const SEND_WORDS = {
  pending: 'Waiting to go',
  processing: 'Being sent',
  sent: 'Sent',
  failed: 'Failed',
  cancelled: 'Cancelled',
  skipped: 'Skipped by a rule',
  uncertain: 'Uncertain if sent',
} satisfies Record<SendStatus, string>

export const WRITTEN_WORDS = {
  never: 'Not written to yet',
  waiting: 'Mail waiting to go',
  written: 'Written to',
} satisfies Record<NonNullable<LeadFilter['written']>, string>

const CONTACT_WORDS = {
  replied: 'Replied',
  bounced: 'Mail bounced',
  opted_out: 'Opted out',
} as const

export function leadName(lead: Pick<Lead, 'firstName' | 'lastName' | 'email'>): string {
  return [lead.firstName, lead.lastName].filter((part) => part !== '').join(' ') || lead.email
}

export function sendWords(status: SendStatus | null): string {
  return status === null ? 'Not written yet' : SEND_WORDS[status]
}

/** What is special about this lead, most important first; empty for most. */
export function leadMarks(lead: Pick<Lead, 'isSuppressed' | 'contact' | 'isRole'>): readonly string[] {
  const marks: string[] = []
  if (lead.isSuppressed) marks.push('Do not contact')
  if (lead.contact !== 'none') marks.push(CONTACT_WORDS[lead.contact])
  if (lead.isRole) marks.push('Shared address')
  return marks
}

export function countLeads(count: number): string {
  return formatCount(count, 'lead')
}

/** For the toast: what happened to how many. */
export function reviewSentence(changed: number, review: LeadReview): string {
  if (changed === 0) return 'Nothing changed: it was so already.'
  const done = { approved: 'approved', rejected: 'rejected', new: 'set back to new' }[review]
  return `${countLeads(changed)} ${done}.`
}

export function removeSentence(changed: number, kept: number): string {
  const removed = changed === 0 ? 'Nothing was removed.' : `${countLeads(changed)} removed.`
  if (kept === 0) return removed
  return `${removed} ${countLeads(kept)} kept, because mail was queued for them or sent to them.`
}

export function basisSentence(changed: number): string {
  return changed === 0
    ? 'Nothing changed: it was recorded so already.'
    : `Why you may write to ${countLeads(changed)} is recorded.`
}

export function tagSentence(changed: number): string {
  return changed === 0 ? 'Nothing changed: the tags were so already.' : `Tags of ${countLeads(changed)} changed.`
}
