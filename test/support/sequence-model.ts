/**
 * The rules of campaigns a second time, written apart from the product and as plainly as possible. This is what the model
 * knows: what the rep does, what people answer, what left. Who gets nothing and why not is in sequence-why-not.ts, when
 * something goes in sequence-when.ts.
 */
export interface Delay {
  readonly days: number
  readonly unit: 'days' | 'working_days'
}

export interface Absent {
  /** First and last day, both included: `YYYY-MM-DD`. */
  readonly from: string
  readonly to: string
}

export type Answer = 'replied' | 'opted_out' | 'bounced' | 'auto_replied'

export interface Pause {
  /** Epoch ms; `to` is null while it lasts. */
  readonly from: number
  to: number | null
}

export interface Heard {
  readonly answer: Answer
  /** Automatic answers: the day on which they are back. */
  readonly backOn: string | null
  /** Epoch ms. */
  readonly at: number
  /** The number under which the product lists it. */
  readonly id: number
  /** The rep wanted the company left alone when somebody of it answers. */
  readonly stopsCompany: boolean
  isUndone: boolean
}

/** Why a mail does not go: words of the product, so that what it shows can be compared. */
export type WhyNot =
  | 'cancelled'
  | 'failed'
  | 'left_out'
  | 'step_before'
  | 'suppressed'
  | 'lead_replied'
  | 'lead_bounced'
  | 'lead_opted_out'
  | 'company_stop'
  | 'cool_down'
  | 'expired'

/** One mail of one person in one campaign: what became of it. */
export interface Mail {
  /** Epoch ms at which its first byte went; several times where a provider refused it. */
  readonly asked: number[]
  /** How often the provider said no. */
  refusals: number
  /** Epoch ms at which the provider took it. */
  accepted: number | null
  /** When the product knew of it, epoch ms. */
  knownAt: number | null
  /** It has been asked for and the product does not know the outcome. */
  isInDoubt: boolean
  /** It will not go, and since when, epoch ms. */
  over: { readonly why: WhyNot; readonly at: number } | null
  /** It went down with its step, and comes back with it. */
  isDropped: boolean
  /** Its time passed while the machine slept, and the rep is asked. */
  isMissed: boolean
  /** The rep's own date, epoch ms, when it was set, and whether it waits for the mail before it all the same. */
  moved: { readonly to: number; readonly at: number; readonly isEarly: boolean } | null
}

export interface Enrolment {
  readonly lead: number
  /** The mailbox that writes to them, by number; null: the product has not said yet. */
  mailbox: number | null
  readonly mails: Mail[]
  readonly pauses: Pause[]
  isRemoved: boolean
}

export interface Campaign {
  readonly id: number
  delays: Delay[]
  /** 0 goes first. */
  priority: 0 | 1 | 2
  isCancelled: boolean
  /** What becomes of mail whose time passed while the machine slept: it is let go after so many ms, the rep is asked, or nothing. */
  readonly missed: { readonly rule: 'spread' | 'ask' } | { readonly rule: 'expire'; readonly afterMs: number }
  readonly pauses: Pause[]
  /** By lead. */
  readonly people: Map<number, Enrolment>
}

export interface Person {
  readonly address: string
  /** The domain of their company. */
  readonly company: string
  /** With whom they came. */
  readonly list: number
  readonly heard: Heard[]
}

export interface Model {
  readonly zone: string
  /** Minutes after midnight, Monday to Friday. */
  readonly opens: number
  readonly closes: number
  /** Of each mailbox. */
  readonly pace: Pace
  /** Mails to one company in 24 hours, from whichever mailbox. */
  readonly companyCap: number | null
  /** Domains that are one company. */
  readonly joined: readonly string[]
  readonly coolDownDays: number
  absences: readonly Absent[]
  stopsCompany: boolean
  /** Addresses and domains that must not be written to, on the rep's word. */
  readonly suppressed: Set<string>
  /** Contacts by other means, by address, epoch ms. */
  readonly touches: Map<string, readonly number[]>
  /** What the rep wrote by hand since in each mailbox, epoch ms: it fills the caps as well. */
  readonly byHand: readonly number[][]
  /** The rep let these go on. */
  readonly trustedLists: Set<number>
  /** By lead. */
  readonly people: Map<number, Person>
  readonly campaigns: Campaign[]
  /** When a process died, epoch ms: nobody knows whether it had begun to ask. */
  readonly deaths: number[]
  /** When the machine slept, epoch ms. */
  readonly sleeps: { readonly from: number; readonly to: number }[]
}

export interface Pace {
  readonly gapMs: { readonly min: number; readonly max: number }
  readonly hourlyCap: number
  readonly dailyCap: number
}

/** A mail with all that it belongs to. */
export interface Placed {
  readonly campaign: Campaign
  readonly enrolment: Enrolment
  readonly person: Person
  readonly mail: Mail
  readonly step: number
}

export function newMail(): Mail {
  return {
    asked: [],
    refusals: 0,
    accepted: null,
    knownAt: null,
    isInDoubt: false,
    over: null,
    isDropped: false,
    isMissed: false,
    moved: null,
  }
}

export function* allMails(model: Model): Generator<Placed> {
  for (const campaign of model.campaigns) {
    for (const enrolment of campaign.people.values()) {
      const person = model.people.get(enrolment.lead)
      if (!person) throw new Error(`nobody knows lead ${enrolment.lead}`)
      for (const [step, mail] of enrolment.mails.entries()) yield { campaign, enrolment, person, mail, step }
    }
  }
}

/** Whoever has answered for good, or was taken out, gets nothing more. */
export function isStopped({ campaign, enrolment, person }: Omit<Placed, 'mail' | 'step'>): boolean {
  return campaign.isCancelled || enrolment.isRemoved || stopsOf(person).size > 0
}

/** The mails that come after one. */
export function followersOf(model: Model, mail: Mail): Mail[] {
  const placed = [...allMails(model)].find((other) => other.mail === mail)
  return placed ? placed.enrolment.mails.slice(placed.step + 1) : []
}

/** Sent, or never to be. */
export function isOver({ accepted, over }: Mail): boolean {
  return accepted !== null || over !== null
}

export function isPaused(pauses: readonly Pause[]): boolean {
  return pauses.at(-1)?.to === null
}

export function standing({ heard }: Person): Heard[] {
  return heard.filter(({ isUndone }) => !isUndone)
}

export function stopsOf(person: Person): Set<Answer> {
  return new Set(standing(person).flatMap(({ answer }) => (answer === 'auto_replied' ? [] : [answer])))
}

export function nameOf({ campaign, enrolment, step }: Placed): string {
  return `campaign ${campaign.id}, lead ${enrolment.lead}, mail ${step + 1}`
}

/** One key for all domains of a company. */
export function companyOf({ joined }: Model, { company }: Pick<Person, 'company'>): string {
  return joined.includes(company) ? 'joined' : company
}
