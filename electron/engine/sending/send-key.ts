import { createHmac } from 'node:crypto'

/** What a mail is for, however often the database is restored. */
export interface SendSubject {
  /** The random key of the campaign, not its row number: a restored database may give a number out again. */
  readonly campaignKey: string
  readonly step: number
  readonly identity: string
  readonly generation: number
}

/** The next mail of a send whose last one was given up: a draft of that one cannot be taken for it. */
export function nextGeneration(
  installSecret: string,
  send: { readonly generation: number; readonly key: string; readonly toAddress: string },
): { number: number; key: string } {
  const number = send.generation + 1
  // The old key is random enough to be the subject of the new one, and it is the same after a restored backup.
  const subject = { campaignKey: send.key, step: 0, identity: send.toAddress, generation: number }
  return { number, key: sendKey(installSecret, subject) }
}

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567'

/** 160 bits as 32 letters: the mail's identity at the provider, safe in a Message-ID and in a file name. */
export function sendKey(installSecret: string, subject: SendSubject): string {
  const text = [subject.campaignKey, subject.step, subject.identity, subject.generation].join('\n')
  return base32(createHmac('sha256', installSecret).update(text).digest().subarray(0, 20))
}

function base32(bytes: Uint8Array): string {
  let text = ''
  let bits = 0
  let value = 0
  for (const byte of bytes) {
    value = (value << 8) | byte
    bits += 8
    while (bits >= 5) {
      bits -= 5
      text += ALPHABET[(value >>> bits) & 31]
      value &= (1 << bits) - 1
    }
  }
  return text
}
