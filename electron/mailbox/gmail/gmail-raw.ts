import type { Readable } from 'node:stream'
import type { GmailSession } from './gmail-session.ts'

/** Between the start of the answer and the mail: ids, labels and a snippet. */
const MOST_BEFORE_RAW = 16_384

/**
 * The bytes of a mail, cut off after `mostBytes`; null when it is gone. Read as a stream: a mail of 50 MB for the sake of its
 * first lines would cost far more memory than it is worth.
 */
export async function readRaw(
  session: GmailSession,
  { id, mostBytes, signal }: { id: string; mostBytes: number; signal: AbortSignal },
): Promise<Uint8Array | null> {
  const request = { userId: 'me', id, format: 'raw' }
  return session.find(async (users) => {
    const answer = await users.messages.get(request, { responseType: 'stream', validateStatus: () => true })
    if (answer.status !== 200) throw await refusal(answer)
    const base64 = await readField(answer.data, Math.ceil((mostBytes * 4) / 3) + 4)
    return { data: Buffer.from(base64, 'base64url').subarray(0, mostBytes), status: answer.status }
  }, signal)
}

/** Of a refused stream gaxios drops what the server said; here it stays, in the shape of its other errors. */
async function refusal({
  status,
  headers,
  data,
}: {
  status: number
  headers: unknown
  data: Readable
}): Promise<Error> {
  return Object.assign(new Error('refused'), { config: null, response: { status, headers, data: await textOf(data) } })
}

async function textOf(data: Readable): Promise<string> {
  let text = ''
  for await (const chunk of data) {
    text += String(chunk)
    if (text.length > MOST_BEFORE_RAW) break
  }
  return text
}

/** The first `most` letters of the one long field `raw` of Gmail's JSON. */
async function readField(answer: Readable, most: number): Promise<string> {
  let text = ''
  for await (const chunk of answer) {
    text += String(chunk)
    const start = startOfRaw(text)
    if (start !== null && text.length - start >= most) break
  }
  const start = startOfRaw(text)
  // Not Gmail's answer; told like any answer that is none.
  if (start === null) throw Object.assign(new Error('an answer without a mail'), { config: null })
  return /^[\w=-]*/.exec(text.slice(start, start + most))?.[0] ?? ''
}

function startOfRaw(text: string): number | null {
  const match = /"raw"\s*:\s*"/.exec(text.slice(0, MOST_BEFORE_RAW))
  return match === null ? null : match.index + match[0].length
}
