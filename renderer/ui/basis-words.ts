import { countryName, countryOf } from '#shared/domain/country'
import { type BasisFacts, type CountryRule, type Missing, missingFor, rulesFor } from '#shared/domain/country-rules'
import type { LawfulBasis } from '#shared/domain/taxonomy'

/** On what ground the rep may write, in the rep's words; the strongest first. */
export const BASIS_WORDS = {
  consent: 'They agreed to get mail from me',
  customer: 'They are my customer',
  inquiry: 'They asked me about it',
  published: 'They published the address for such mail',
  legitimate_interest: 'Legitimate interest, nothing more',
  unrecorded: 'Not recorded',
} satisfies Record<LawfulBasis, string>

const MISSING_WORDS = {
  basis: 'choose why you may write to them',
  stronger_basis: 'a stronger reason is needed',
  basis_date: 'the date is missing',
  basis_proof: 'the proof is missing',
  newer_basis: 'the reason is too old',
  postal_address: 'the mail needs your postal address',
  opt_out: 'the mail must say how to be left alone',
} satisfies Record<Missing, string>

export interface BasisVerdict {
  readonly isEnough: boolean
  readonly sentence: string
  readonly rule: CountryRule
}

/** Whether a lead may be written to by the rules of its country, and if not, what is missing. */
export function basisVerdict(lead: BasisFacts, now: number): BasisVerdict {
  const country = countryOf(lead)
  const rule = rulesFor(country)
  const where = country === null ? 'Country not known' : `Rules of ${countryName(country)}`
  const missing = missingFor(lead, now)
  if (missing.length === 0) return { isEnough: true, rule, sentence: `${where}: enough is recorded.` }
  const what = missing.map((one) => MISSING_WORDS[one]).join(', ')
  return { isEnough: false, rule, sentence: `${where}: ${what}. Until then no mail is queued.` }
}
