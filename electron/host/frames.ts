import { z } from 'zod'
import type { Auth, Call, Connect } from '#shared/contract/wire'

const CallFrame = z.object({
  type: z.literal('call'),
  id: z.int().min(0),
  path: z.string().max(100),
  input: z.unknown(),
})

const AuthFrame = z.object({ type: z.literal('auth'), token: z.string().max(200) })

const ConnectFrame = z.object({ type: z.literal('connect') })

/** What came over the wire as a call; null when it is none. */
export function parseCall(frame: unknown): Call | null {
  const parsed = CallFrame.safeParse(frame)
  return parsed.success ? { ...parsed.data, input: parsed.data.input } : null
}

export function parseAuth(frame: unknown): Auth | null {
  return AuthFrame.safeParse(frame).data ?? null
}

export function parseConnect(frame: unknown): Connect | null {
  return ConnectFrame.safeParse(frame).data ?? null
}

/** Null for text that is not JSON; no frame is ever the value `null`. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
