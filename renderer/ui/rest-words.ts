import type { RestReason } from '#shared/domain/taxonomy'

/** Why a mailbox rests, after a colon. */
export const REST_WORDS = {
  asked: 'its provider is busy or asked for it',
  day_limit: 'its provider’s limit of the day is used up',
  offline: 'it could not be reached',
  silent: 'its servers did not answer in time',
  untrusted: 'its servers could not prove who they are',
  mistake: 'something went wrong inside Pacemail; the log says what',
} satisfies Record<RestReason, string>
