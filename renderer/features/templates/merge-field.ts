/** What stands in for a missing value, where a mail reads well with it. Other fields are required instead. */
const FALLBACKS: Readonly<Record<string, string>> = {
  firstName: 'there',
  company: 'your company',
  title: 'your role',
  country: 'your country',
}

/** The text that a click on the field's chip inserts. */
export function mergeFieldText(name: string): string {
  const fallback = FALLBACKS[name]
  return fallback === undefined ? `{{${name}}}` : `{{${name} | default: "${fallback}"}}`
}

const LABELS: Readonly<Record<string, string>> = {
  firstName: 'First name',
  lastName: 'Last name',
  fullName: 'Full name',
  company: 'Company',
  title: 'Job title',
  website: 'Website',
  phone: 'Phone',
  country: 'Country',
  email: 'Address',
  senderName: 'Your name',
  weekday: 'Weekday',
  nextWorkday: 'Next working day',
  workdayAfterNext: 'Working day after that',
  month: 'Month',
  nextMonth: 'Next month',
  year: 'Year',
  senderPostalAddress: 'Your postal address',
  optOut: 'Opt-out sentence',
}

/** How a field is called on its chip: `firstName` → "First name"; custom columns keep the name they came with. */
export function fieldLabel(name: string): string {
  return LABELS[name] ?? name
}

/** What the button for alternatives inserts. */
export const PICK_TEXT = '{{pick "Hi" | "Hello" | "Good day"}}'
