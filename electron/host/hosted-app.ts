import type { PacemailHandlers } from '#shared/contract/index'

/** What a host needs of the product: it never sees the engine itself. */
export interface HostedApp {
  readonly handlers: PacemailHandlers
  /** Asked for each call: a viewer becomes the owner when the other instance has ended. */
  role(): 'owner' | 'viewer'
}
