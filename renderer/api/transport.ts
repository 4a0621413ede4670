import type { Call, FromHost } from '#shared/contract/wire'

/**
 * `connecting` before the first Hello · `open` · `lost` and trying again · `refused`: the host does not accept this
 * page's token · `incompatible`: the host speaks another version of the protocol. The last two are final.
 */
export type Connection = 'connecting' | 'open' | 'lost' | 'refused' | 'incompatible'

/** A way to the host. It carries frames and knows nothing about them but Hello, which marks a connection as open. */
export interface Transport {
  /** Only while `open`; a frame sent otherwise is dropped. */
  send(call: Call): void
  onMessage(listener: (message: FromHost) => void): () => void
  readonly connection: Connection
  onConnection(listener: (connection: Connection) => void): () => void
  close(): void
}
