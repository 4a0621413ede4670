import { type DeliveryReport, identityOfText, isBounceSender } from './incoming-mail.ts'

/** A mail that may be a bounce in prose. */
export interface ProseParts {
  /** Lower case; empty when it comes from nobody. */
  readonly from: string
  /** The Return-Path header; empty when there is none. */
  readonly returnPath: string
  readonly subject: string
  readonly text: string
  /** Where the mailbox sends from: named in every bounce, and never what failed. */
  readonly ownAddresses: readonly string[]
}

/** Bounds for the work on hostile text. */
const MOST_CHARACTERS = 20_000
const MOST_ADDRESSES = 50

/**
 * What an old server wrote in words: the first address it names, and the first line that looks like an answer. Null unless
 * a server writes, and its subject says that it failed; the address is for the caller to doubt.
 */
export function readProse(parts: ProseParts): DeliveryReport | null {
  if (!FAILURE.test(parts.subject) || DELAY.test(parts.subject)) return null
  const text = parts.text.slice(0, MOST_CHARACTERS)
  const answer = /^.{0,200}\b[45]\d\d[ -].{0,300}$/m.exec(text)?.[0] ?? ''
  const status = /\b[45]\.\d{1,3}\.\d{1,3}\b/.exec(answer)?.[0] ?? null
  const failedAddress = firstStranger(text, parts.ownAddresses)
  if (failedAddress === null || !isFromServer(parts, status)) return null
  return {
    source: 'prose',
    failedAddress,
    action: 'failed',
    status,
    diagnosticCode: answer.trim(),
    originalMessageId: /^message-id:\s{0,10}(<[^<>\s]{1,500}>)/im.exec(text)?.[1] ?? null,
    originalKey: /^x-pacemail-key:\s{0,10}([a-z0-9_-]{1,64})\s*$/im.exec(text)?.[1] ?? null,
  }
}

/** Automatic answers have an empty Return-Path, too: theirs needs a server's code beside it. */
function isFromServer({ from, returnPath }: ProseParts, status: string | null): boolean {
  return isBounceSender(from) || (returnPath === '<>' && status !== null)
}

const FAILURE =
  /undeliver|failure|failed|returned mail|delivery status|unzustellbar|nicht zugestellt|non remis|no se pudo entregar|mancata consegna|onbestelbaar/i
const DELAY = /delay|warning|verzöger|retard|incomplete/i

function firstStranger(text: string, own: readonly string[]): string | null {
  const mine = new Set(own.map(identityOfText))
  const words = text.split(/[\s<>()"',;:]+/).map((word) => word.replace(/\.{1,3}$/, ''))
  const named = words.filter((word) => word.includes('@'))
  const stranger = named.slice(0, MOST_ADDRESSES).find((address) => {
    const identity = identityOfText(address)
    return identity !== null && !mine.has(identity) && !isBounceSender(address)
  })
  return stranger?.toLowerCase() ?? null
}
