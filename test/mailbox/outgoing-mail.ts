import type { OutgoingMail } from '#electron/mailbox/mail-provider'

/** A mail that any mailbox should take, with the given parts changed. */
export function outgoingMail(changes: Partial<OutgoingMail> = {}): OutgoingMail {
  return {
    key: 'k7q2m4x6z3abcdefghijklmnop',
    from: { name: 'Rita Repp', address: 'rita@pacemail.example' },
    to: { name: 'Ann Example', address: 'ann@corp.example' },
    subject: 'A question about your depot',
    text: 'Hello Ann,\n\nmay I ask you something?\n\nRita',
    html: '<p>Hello Ann,</p><p>may I ask you something?</p><p>Rita</p>',
    date: 1_767_603_600_000,
    follows: null,
    hasUnsubscribe: false,
    ...changes,
  }
}
