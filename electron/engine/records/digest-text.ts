import { Temporal } from 'temporal-polyfill'
import type { Digest } from '#shared/contract/digest'

/** Everything of it but how it is told. */
export type DigestFigures = Omit<Digest, 'mail'>

/** The digest in two or three sentences, for a notification. */
export function digestText({ yesterday, today, planned, needsYou }: DigestFigures): string {
  const parts = [
    `Yesterday: ${count(yesterday.sent, 'mail')} sent, ${count(yesterday.replied, 'answer')}${came(yesterday.bounced)}.`,
    `Today: ${today.sent === 0 ? '' : `${today.sent} sent, `}${planned.today} planned.`,
  ]
  const waiting = needsYou.uncertain + needsYou.mailboxes.length
  if (waiting > 0) parts.push(`${count(waiting, 'thing')} ${waiting === 1 ? 'needs' : 'need'} you.`)
  return parts.join(' ')
}

/** The digest as a mail to oneself, as plain text. `date`: `YYYY-MM-DD`. */
export function digestMail(figures: DigestFigures, date: string): { subject: string; text: string } {
  const { yesterday, today, planned, needsYou } = figures
  const lines = [
    `Yesterday: ${dayText(yesterday)}.`,
    `Today so far: ${dayText(today)}.`,
    `Planned: ${count(planned.today, 'mail')} today, ${count(planned.tomorrow, 'mail')} tomorrow.`,
    needsYou.uncertain === 0
      ? ''
      : `Uncertain whether they arrived, so you decide: ${count(needsYou.uncertain, 'mail')}.`,
    needsYou.mailboxes.length === 0 ? '' : `Mailboxes that need you: ${needsYou.mailboxes.join(', ')}.`,
  ]
  const below = 'Pacemail on your computer wrote this to you alone. It stops when you switch it off in Settings.'
  return {
    subject: `Your day in Pacemail, ${longDate(date)}`,
    text: `${lines.filter((line) => line !== '').join('\n')}\n\n${below}\n`,
  }
}

function dayText({ sent, failed, replied, bounced, optedOut }: DigestFigures['today']): string {
  const rest = [
    failed === 0 ? '' : `, ${failed} failed`,
    bounced === 0 ? '' : `, ${bounced} came back`,
    optedOut === 0 ? '' : `, ${optedOut} opted out`,
  ]
  return `${count(sent, 'mail')} sent, ${count(replied, 'answer')}${rest.join('')}`
}

const LONG_DATE = new Intl.DateTimeFormat('en-GB', {
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  timeZone: 'UTC',
})

/** `Monday, 2 March 2026`. */
function longDate(date: string): string {
  return LONG_DATE.format(Temporal.PlainDate.from(date).toZonedDateTime('UTC').epochMilliseconds)
}

function came(bounced: number): string {
  return bounced === 0 ? '' : `, ${bounced} came back`
}

function count(value: number, one: string): string {
  return `${value} ${value === 1 ? one : `${one}s`}`
}
