import type { NoticeRow } from '#db/queries/notices'
import type { Note } from '#shared/contract/notices'
import type { Notice, NoticeKind } from '#shared/domain/notices'

/** Names in one notification; the rest is counted. */
const MOST_NAMES = 3
/** A screen shows about as much; in characters. */
const LONGEST_NAME = 60

/** A notification in the rep's words, and the page it opens. Names and counts only: nothing of what somebody wrote. */
export function noteOf(notice: Notice<NoticeRow>): Note {
  const groups = notice.map(({ kind, facts }) => ({ kind, facts: onePerSubject(kind, facts) }))
  const [first, ...others] = groups
  if (first === undefined) throw new Error('a notice without a fact')
  if (others.length === 0) return WORDS[first.kind](first.facts)
  return {
    title: 'While Pacemail was quiet',
    body: `${groups.map(({ kind, facts }) => SUMMARY[kind](facts.length)).join(', ')}.`,
    action: { label: 'See what happened', page: '/activity' },
  }
}

/** Every answer counts; a mailbox, a campaign or a doubtful mail does once, however often it was noted. */
function onePerSubject(kind: NoticeKind, facts: readonly NoticeRow[]): readonly NoticeRow[] {
  return kind === 'reply' ? facts : [...new Map(facts.map((fact) => [fact.subjectId, fact])).values()]
}

const SUMMARY: Readonly<Record<NoticeKind, (count: number) => string>> = {
  uncertain: (count) => (count === 1 ? '1 mail needs your decision' : `${count} mails need your decision`),
  sign_in: (count) => (count === 1 ? '1 mailbox needs you to sign in' : `${count} mailboxes need you to sign in`),
  reply: (count) => (count === 1 ? '1 reply came' : `${count} replies came`),
  campaign_done: (count) => (count === 1 ? '1 campaign is done' : `${count} campaigns are done`),
}

const WORDS: Readonly<Record<NoticeKind, (facts: readonly NoticeRow[]) => Note>> = {
  uncertain: (facts) => ({
    title:
      facts.length === 1
        ? '1 mail may or may not have been sent'
        : `${facts.length} mails may or may not have been sent`,
    body: `To ${names(facts, personOf)}. Pacemail never sends such mail again by itself: you decide.`,
    action: { label: 'Decide', page: '/queue?status=uncertain' },
  }),
  sign_in: (facts) => {
    const [one] = facts
    return facts.length === 1 && one !== undefined
      ? {
          title: `${short(one.mailboxAddress ?? '')} needs you to sign in`,
          body: 'Its mail waits until then. Nothing is lost.',
          action: { label: 'Sign in', page: `/mailboxes?again=${one.subjectId}` },
        }
      : {
          title: `${facts.length} mailboxes need you to sign in`,
          body: `${names(facts, (fact) => fact.mailboxAddress ?? '')}. Their mail waits until then.`,
          action: { label: 'Sign in', page: '/mailboxes' },
        }
  },
  reply: (facts) => {
    const [one] = facts
    return facts.length === 1 && one !== undefined
      ? {
          title: `${personOf(one)} replied`,
          body: `To “${short(one.campaignName ?? '')}”. Nothing more goes to them by itself.`,
          action: { label: 'Open the answer', page: `/answers?send=${one.subjectId}` },
        }
      : {
          title: `${facts.length} replies came`,
          body: `From ${names(facts, personOf)}.`,
          action: { label: 'Open the answers', page: '/answers?verdict=replied' },
        }
  },
  campaign_done: (facts) => {
    const [one] = facts
    return facts.length === 1 && one !== undefined
      ? {
          title: `“${short(one.campaignName ?? '')}” is done`,
          body: `${one.sent} ${one.sent === 1 ? 'mail' : 'mails'} sent, ${one.replied} answered so far.`,
          action: { label: 'Open the campaign', page: `/campaigns/${one.subjectId}` },
        }
      : {
          title: `${facts.length} campaigns are done`,
          body: `${names(facts, (fact) => fact.campaignName ?? '')}.`,
          action: { label: 'Open the campaigns', page: '/campaigns' },
        }
  },
}

function personOf({ leadName, to }: NoticeRow): string {
  return short(leadName === null || leadName === '' ? (to ?? '') : leadName)
}

/** `Ann Lee, Bob Ray and 2 more`, each once. */
function names(facts: readonly NoticeRow[], nameOf: (fact: NoticeRow) => string): string {
  const all = [...new Set(facts.map((fact) => short(nameOf(fact))))]
  const shown = all.slice(0, all.length > MOST_NAMES ? MOST_NAMES - 1 : MOST_NAMES)
  const rest = all.length - shown.length
  if (rest > 0) return `${shown.join(', ')} and ${rest} more`
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`
}

function short(name: string): string {
  return name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME - 1).toWellFormed()}…` : name
}
