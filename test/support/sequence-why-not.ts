/** Who is not written to, and why not. */
import {
  allMails,
  type Campaign,
  companyOf,
  isOver,
  type Mail,
  type Model,
  type Person,
  type Placed,
  standing,
  stopsOf,
  type WhyNot,
} from './sequence-model.ts'

const DAY = 86_400_000

/** Why a rule forbids it for good at `now`, in the order of DESIGN §4; null: none does. */
export function forbidden(model: Model, { campaign, enrolment, person, step }: Placed, now: number): WhyNot | null {
  if (isSuppressed(model, person)) return 'suppressed'
  if (stopsOf(person).has('replied')) return 'lead_replied'
  if (isCompanyStopped(model, person)) return 'company_stop'
  // What follows a mail that they have is no new contact.
  if (enrolment.mails.slice(0, step).some(({ accepted }) => accepted !== null)) return null
  return isCooling(model, person, { now, except: campaign }) ? 'cool_down' : null
}

/** Why somebody cannot be added to a campaign at `now`, in the words of the product; null: nothing is in the way. */
export function obstacleOf(model: Model, lead: number, now: number): string | null {
  const person = model.people.get(lead)
  if (!person) return 'nobody'
  if (isSuppressed(model, person) || isCompanyStopped(model, person)) return 'suppressed'
  if (stopsOf(person).has('replied')) return 'lead_replied'
  const isWaiting = [...allMails(model)].some(
    (other) => other.enrolment.lead === lead && (other.mail.isInDoubt || !isOver(other.mail)),
  )
  if (isWaiting) return 'already_queued'
  return isCooling(model, person, { now, except: null }) ? 'cool_down' : null
}

/** Written to within the cool-down by anybody; a mail in doubt may have left. Mails of the same campaign do not count. */
export function isCooling(
  model: Model,
  person: Person,
  { now, except }: { now: number; except: Campaign | null },
): boolean {
  const written = [...allMails(model)]
    .filter((other) => other.person === person && other.campaign !== except)
    .filter(({ mail }) => mail.accepted !== null || mail.isInDoubt)
    .map(({ mail }) => mail.asked.at(-1) ?? 0)
  const byHand = model.touches.get(person.address) ?? []
  return [...byHand, ...written].some((at) => at + model.coolDownDays * DAY > now)
}

/** By the rep, or because they have opted out or their address does not work. */
export function isSuppressed({ suppressed, joined }: Model, person: Person): boolean {
  const stops = stopsOf(person)
  if (stops.has('opted_out') || stops.has('bounced')) return true
  // The same name before the @ is the same person at every domain of a company.
  const [name = ''] = person.address.split('@')
  const domains = joined.includes(person.company) ? joined : [person.company]
  return domains.some((domain) => suppressed.has(domain) || suppressed.has(`${name}@${domain}`))
}

/** Somebody of it has answered, and the rep wanted it left alone then. */
export function isCompanyStopped(model: Model, person: Person): boolean {
  return [...model.people.values()]
    .filter((other) => companyOf(model, other) === companyOf(model, person))
    .some((other) => standing(other).some(({ answer, stopsCompany }) => answer === 'replied' && stopsCompany))
}

/** A list is held when two of its first twelve mails have bounced, until the rep lets it go on. */
export function isListHeld(model: Model, list: number): boolean {
  if (model.trustedLists.has(list)) return false
  const sent = [...allMails(model)]
    .filter(({ mail, person }) => person.list === list && mail.knownAt !== null)
    .toSorted((a, b) => (a.mail.knownAt ?? 0) - (b.mail.knownAt ?? 0))
  const early = sent.slice(0, 12)
  const isBounced = ({ person, mail }: Placed): boolean =>
    standing(person).some(({ answer, at }) => answer === 'bounced' && lastBefore(early, person, at) === mail)
  return early.filter(isBounced).length >= 2
}

/** The mail that an answer of that moment is about: the last one before it. */
function lastBefore(sent: readonly Placed[], person: Person, at: number): Mail | undefined {
  return sent.findLast((other) => other.person === person && (other.mail.accepted ?? 0) <= at)?.mail
}
