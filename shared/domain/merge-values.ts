/** What the merge may know about a lead. */
export interface MergeLead {
  readonly firstName: string
  readonly lastName: string
  readonly company: string
  readonly title: string
  readonly email: string
  readonly website: string
  readonly phone: string
  readonly country: string
  /** Custom columns by their name as typed. */
  readonly fields: Readonly<Record<string, string>>
}

/** The values of one lead's fields. Custom columns come last, so that none can take a built-in field's place. */
export function mergeValues(lead: MergeLead, senderName: string): Map<string, string> {
  return new Map([
    ['firstName', lead.firstName],
    ['lastName', lead.lastName],
    ['fullName', `${lead.firstName} ${lead.lastName}`.trim()],
    ['company', lead.company],
    ['title', lead.title],
    ['email', lead.email],
    ['website', lead.website],
    ['phone', lead.phone],
    ['country', lead.country],
    ['senderName', senderName],
    ...Object.entries(lead.fields),
  ])
}
