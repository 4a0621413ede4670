/**
 * Facts pushed to the page, `area.past`. They announce and never command; the page asks again for what it shows.
 */
import type { ImportState } from './imports.ts'
import type { PipelineRun } from './pipeline.ts'
import type { SignInState } from './sign-in.ts'
import type { SendStatus } from '../domain/taxonomy.ts'

export type PushedEvent =
  /** Paused, resumed, became owner, a setting changed. */
  | { readonly type: 'app.changed' }
  /** One send moved; `sentCount`-like figures are asked for, not pushed. */
  | {
      readonly type: 'sends.moved'
      readonly sendId: number
      readonly campaignId: number
      readonly leadId: number
      readonly status: SendStatus
    }
  /** Many sends changed at once (queued, cancelled, re-planned). */
  | { readonly type: 'sends.changed' }
  | { readonly type: 'campaigns.changed'; readonly campaignId: number }
  | { readonly type: 'leads.changed' }
  | { readonly type: 'templates.changed' }
  | { readonly type: 'mailboxes.changed' }
  | { readonly type: 'suppressions.changed' }
  | { readonly type: 'incoming.changed' }
  /** Contacts were imported, taken out again or are being read; somebody may be written to again. */
  | { readonly type: 'history.changed' }
  /** An error of the app was written down. */
  | { readonly type: 'reports.changed' }
  /** Something is to be told to the rep by a page that can show notifications. */
  | { readonly type: 'notices.due' }
  | { readonly type: 'sign_in.moved'; readonly state: SignInState }
  /** The whole state, so that a progress bar needs no further question. */
  | { readonly type: 'imports.moved'; readonly state: ImportState }
  | { readonly type: 'pipeline.moved'; readonly state: PipelineRun }
