import type { OPT_OUT_SENTENCES } from '#shared/domain/sender-identity'

/** The languages of the opt-out sentences. */
export const LANGUAGE_NAMES = {
  en: 'English',
  de: 'German',
  fr: 'French',
  es: 'Spanish',
  nl: 'Dutch',
  it: 'Italian',
} satisfies Record<(typeof OPT_OUT_SENTENCES)[number]['language'], string>
