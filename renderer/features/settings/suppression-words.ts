import type { SuppressionKind, SuppressionReason } from '#shared/domain/taxonomy'

export const KIND_TEXTS = { address: '', domain: 'whole domain', company: 'company of this name' } satisfies Record<
  SuppressionKind,
  string
>

export const REASON_TEXTS = {
  by_hand: 'Added by you',
  opted_out: 'Asked not to be written to',
  bounced: 'Mail came back',
  company_stop: 'Somebody there answered',
  imported: 'Imported',
  erased: 'Erased at their wish',
} satisfies Record<SuppressionReason, string>
