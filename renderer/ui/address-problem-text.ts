import type { AddressProblem } from '#shared/domain/address'

/** What is wrong with an address, as a phrase after "it": `has more than one @`. */
export const ADDRESS_PROBLEMS = {
  empty: 'is empty',
  line_break: 'has a line break in it',
  several: 'seems to be more than one address',
  no_at: 'has no @',
  bad_local: 'has something before the @ that no mail address has',
  bad_domain: 'has no right domain after the @',
  too_long: 'is too long',
  non_ascii_local: 'has letters before the @ that not every server takes',
  control: 'has an invisible character in it',
} satisfies Record<AddressProblem, string>

/** Null for a word that this page does not know. */
export function addressProblemText(problem: unknown): string | null {
  return typeof problem === 'string' && Object.hasOwn(ADDRESS_PROBLEMS, problem)
    ? ADDRESS_PROBLEMS[problem as AddressProblem]
    : null
}
