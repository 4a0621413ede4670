import { disposableEmailBlocklistSet } from 'disposable-email-domains-js'
import { write } from '#db/open'
import { countItems, knownAgainst, listUnchecked, setVerdict, type ContactToCheck } from '#db/queries/pipeline-items'
import { advanceStep } from '#db/queries/pipeline-runs'
import { isRoleAddress, parseAddress } from '#shared/domain/address'
import type { PipelineVerdict } from '#shared/domain/taxonomy'
import { parentsOf } from '#shared/domain/web-domain'
import { AppError } from '#shared/errors'
import type { MailAnswer } from '../../platform/dns.ts'
import { ADDRESS_PROBLEMS } from '../imports/judge-row.ts'
import type { OpenStep, StepDeps } from './step-run.ts'

/** Contacts of one piece at most: their domains are asked for side by side. */
const PIECE = 40
/** So many domains without a single answer: then it is the network, and not the domains. */
const SILENT_FROM = 5

interface Judged {
  readonly verdict: PipelineVerdict
  readonly detail: string
}

/**
 * Syntax, what we know of the person, throw-away domains, mail servers, shared addresses: the first that speaks against an
 * address is its verdict. What has none yet is what is left to do, so going on needs no mark.
 */
export const openCheckAddresses: OpenStep = (deps, place) => {
  const { db } = deps
  const answers = new Map<string, MailAnswer>()
  const throwAway = disposableEmailBlocklistSet()
  const counts = countItems(db, place.runId, 'contact')
  const left = counts.found
  const total = left + CHECKED.reduce((sum, verdict) => sum + counts[verdict], 0)
  let done = total - left

  /** What speaks against an address without asking anybody; null: nothing. */
  function knownVerdict(contact: ContactToCheck): Judged | null {
    const parsed = parseAddress(contact.email)
    if (!parsed.ok) return { verdict: 'invalid', detail: ADDRESS_PROBLEMS[parsed.problem] }
    const known = knownPerson(deps, place.runId, contact)
    if (known !== null) return known
    const isThrowAway = parentsOf(contact.domain).some((domain) => throwAway.has(domain))
    return isThrowAway ? { verdict: 'disposable', detail: contact.domain } : null
  }

  async function next(size: number, signal: AbortSignal): Promise<boolean> {
    const contacts = listUnchecked(db, place.runId, Math.min(size, PIECE))
    const before = contacts.map((contact) => knownVerdict(contact))
    const open = contacts.filter((_, index) => before[index] === null)
    await ask(new Set(open.map(({ domain }) => domain)), signal)
    done += contacts.length
    write(db, (tx) => {
      for (const [index, contact] of contacts.entries()) {
        const known = before[index] ?? knownPerson(deps, place.runId, contact)
        setVerdict(tx, contact.id, known ?? serverVerdict(contact, answers.get(contact.domain) ?? 'unknown'))
      }
      advanceStep(tx, place, { done, total })
    })
    return contacts.length === 0 || done >= total
  }

  async function ask(domains: ReadonlySet<string>, signal: AbortSignal): Promise<void> {
    const unasked = [...domains].filter((domain) => !answers.has(domain))
    const heard = await Promise.all(
      unasked.map(async (domain) => ({ domain, answer: await deps.dns.mail(domain, signal) })),
    )
    signal.throwIfAborted()
    if (heard.length >= SILENT_FROM && heard.every(({ answer }) => answer === 'unknown')) {
      throw new AppError('pipeline.no_name_servers', `${heard.length} domains without an answer`)
    }
    // No answer is asked for again the next time.
    for (const { domain, answer } of heard) if (answer !== 'unknown') answers.set(domain, answer)
  }

  return { next }
}

/** Verdicts that this step gives. */
const CHECKED = [
  'repeated',
  'invalid',
  'suppressed',
  'written_to',
  'duplicate',
  'disposable',
  'no_mail_server',
  'unsure',
  'role',
  'good',
] as const satisfies readonly PipelineVerdict[]

/** As we know them by now: leads, the do-not-contact list, earlier mail, the rows before. */
function knownPerson({ db, clock, coolDownMs }: StepDeps, runId: number, contact: ContactToCheck): Judged | null {
  return knownAgainst(db, { ...contact, runId, touchedAfter: clock.now() - coolDownMs() })
}

const ANSWER_WORDS = {
  null_mx: 'the domain says that it takes no mail',
  no_server: 'the domain has no mail server',
  no_domain: 'there is no such domain',
} satisfies Partial<Record<MailAnswer, string>>

function serverVerdict(contact: ContactToCheck, answer: MailAnswer): Judged {
  if (answer === 'unknown') return { verdict: 'unsure', detail: 'the name servers gave no answer' }
  if (answer !== 'takes_mail') return { verdict: 'no_mail_server', detail: ANSWER_WORDS[answer] }
  const parsed = parseAddress(contact.email)
  return { verdict: parsed.ok && isRoleAddress(parsed.address) ? 'role' : 'good', detail: '' }
}
