import { PROTOCOL_VERSION, type Hello } from '#shared/contract/wire'
import type { EventStream } from './event-stream.ts'

/** The first frame of any host. */
export function hello(stream: EventStream): Hello {
  return { type: 'hello', protocol: PROTOCOL_VERSION, seq: stream.seq() }
}
