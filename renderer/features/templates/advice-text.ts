import { type Advice, MOST_BODY_WORDS, MOST_LINKS, MOST_SUBJECT_LETTERS } from '#shared/domain/text-advice'
import { formatNumber } from '../../ui/format.ts'

/** Why a piece is better written otherwise, and how, as one sentence; the piece itself is shown beside it. */
export function adviceText({ code, count }: Advice): string {
  switch (code) {
    case 'spam_phrase':
      return 'is what spam filters look for. Say it in your own words.'
    case 'capitals':
      return 'reads as shouting. Write it in small letters.'
    case 'many_marks':
      return 'One mark is enough.'
    case 'false_reply':
      return 'pretends to be an answer. Readers and filters hold that against a mail; a follow-up gets it by itself.'
    case 'long_subject':
      return `The subject has ${formatNumber(count)} letters beside its fields; a phone shows about ${formatNumber(MOST_SUBJECT_LETTERS)}.`
    case 'long_body':
      return `The mail has ${formatNumber(count)} words. Up to ${formatNumber(MOST_BODY_WORDS)} are read without scrolling.`
    case 'many_links':
      return `${formatNumber(count)} links are in this mail. More than ${formatNumber(MOST_LINKS)} looks like an advertisement.`
    case 'short_link':
      return 'hides where it leads, and filters hold that against it. Use the whole link.'
    case 'image':
      return 'Many mail programs hide pictures, and filters count them. A first mail needs none.'
    case 'not_personal':
      return 'Nothing in this mail is about the lead. Insert a field, such as their company.'
  }
}
