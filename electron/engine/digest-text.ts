import type { Digest } from '#shared/contract/digest'

/** The digest in two or three sentences, for a notification. */
export function digestText({ yesterday, today, planned, needsYou }: Digest): string {
  const parts = [
    `Yesterday: ${count(yesterday.sent, 'mail')} sent, ${count(yesterday.replied, 'answer')}${came(yesterday.bounced)}.`,
    `Today: ${today.sent === 0 ? '' : `${today.sent} sent, `}${planned.today} planned.`,
  ]
  const waiting = needsYou.uncertain + needsYou.mailboxes.length
  if (waiting > 0) parts.push(`${count(waiting, 'thing')} ${waiting === 1 ? 'needs' : 'need'} you.`)
  return parts.join(' ')
}

function came(bounced: number): string {
  return bounced === 0 ? '' : `, ${bounced} came back`
}

function count(value: number, one: string): string {
  return `${value} ${value === 1 ? one : `${one}s`}`
}
