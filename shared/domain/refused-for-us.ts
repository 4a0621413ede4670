import type { Failure } from './send-transitions.ts'

/** RFC 3463 §3.2 and §3.3: the address, or the mailbox behind it. Without such a code RFC 5321 says it by 550, 551 and 553. */
const ABOUT_RECIPIENT = [
  /^5\d\d 5\.[12]\.\d+$/,
  /^55[013]$/,
  /^Error(?:InvalidRecipients|MissingRecipients|InvalidSmtpAddress)$/i,
]

/**
 * Is a "no" for good one that says nothing of its recipient? Twice in a row for different people it is a mistake of ours, which
 * every further mail would meet again (docs/providers.md §4).
 */
export function isAboutUs({ providerCode }: Failure): boolean {
  return providerCode === null || !ABOUT_RECIPIENT.some((pattern) => pattern.test(providerCode))
}
