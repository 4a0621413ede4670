import { PROTOCOL_VERSION, type FromHost } from '#shared/contract/wire'

/** The frame, or null for anything a host does not say. */
export function readFrame(message: unknown): FromHost | null {
  if (typeof message !== 'object' || message === null || !('type' in message)) return null
  const { type } = message
  return type === 'hello' || type === 'reply' || type === 'event' ? (message as FromHost) : null
}

/** Null also for text that is not JSON. */
export function readTextFrame(text: unknown): FromHost | null {
  if (typeof text !== 'string') return null
  try {
    return readFrame(JSON.parse(text))
  } catch {
    return null
  }
}

export function speaksOurProtocol(hello: { readonly protocol: number }): boolean {
  return hello.protocol === PROTOCOL_VERSION
}
