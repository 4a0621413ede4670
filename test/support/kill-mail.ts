import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { KEY_HEADER } from '#electron/mailbox/mime'

/** One mail as it arrived. */
export interface Arrival {
  readonly key: string
  readonly to: string
  /** Its Date header, epoch ms. */
  readonly date: number
}

/** What lies in a practice mailbox, read from its files. */
export function readPracticeFolder(folder: string): { sent: Arrival[]; drafts: string[] } {
  const sent = filesIn(join(folder, 'sent')).map((name) => {
    const text = readFileSync(join(folder, 'sent', name), 'latin1')
    const key = new RegExp(`^${KEY_HEADER}: (\\S+)\\r$`, 'm').exec(text)?.[1] ?? ''
    if (`${key}.eml` !== name) throw new Error(`${name} holds the mail ${key}`)
    return { key, to: /^To: .*?<?([^\s<>]+@[^\s<>]+)>?\r$/m.exec(text)?.[1] ?? '', date: dateOfMail(text) }
  })
  return { sent, drafts: filesIn(join(folder, 'drafts')) }
}

/** The Date header of a mail, epoch ms; throws where there is none. */
export function dateOfMail(text: string): number {
  const date = /^Date: (.+)\r$/m.exec(text)?.[1] ?? ''
  const at = Date.parse(date)
  if (Number.isNaN(at)) throw new Error(`a mail without a date: ${date}`)
  return at
}

function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}
