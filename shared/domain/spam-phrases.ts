/**
 * Words that filters are known to count against a mail. Each stands for what a rule of Apache SpamAssassin 4 looks for (rules
 * 20_phrases.cf and 20_head_tests.cf; the rule's name is beside it); what no honest sales mail says anyway (medicine, watches,
 * lotteries) is left out. A hit is no verdict: it is a reason to say it in other words.
 */
export interface SpamPhrase {
  /** In lower case; a space is any run of blanks. */
  readonly words: string
  readonly rule: string
  /** Of the subject only. */
  readonly isSubjectOnly?: true
}

export const SPAM_PHRASES: readonly SpamPhrase[] = [
  { words: '100% guaranteed', rule: 'GUARANTEED_100_PERCENT' },
  { words: 'guaranteed!', rule: 'BANG_GUAR' },
  { words: 'dear friend', rule: 'DEAR_FRIEND' },
  { words: 'dear sir', rule: 'DEAR_SOMETHING' },
  { words: 'dear sirs', rule: 'DEAR_SOMETHING' },
  { words: 'dear madam', rule: 'DEAR_SOMETHING' },
  { words: 'dear investor', rule: 'DEAR_SOMETHING' },
  { words: 'dear candidate', rule: 'DEAR_SOMETHING' },
  { words: 'million dollars', rule: 'BILLION_DOLLARS' },
  { words: 'to be removed, please', rule: 'EXCUSE_4' },
  { words: 'receiving this special', rule: 'EXCUSE_24' },
  { words: 'receiving this offer', rule: 'EXCUSE_24' },
  { words: 'receiving this advertisement', rule: 'EXCUSE_24' },
  { words: 'to be removed from our mailings', rule: 'EXCUSE_REMOVE' },
  { words: 'strong buy', rule: 'STRONG_BUY' },
  { words: 'urgent business', rule: 'URG_BIZ' },
  { words: 'urgent proposal', rule: 'URG_BIZ' },
  { words: 'urgent request', rule: 'URG_BIZ' },
  { words: 'urgent response', rule: 'URG_BIZ' },
  { words: 'urgent reply', rule: 'URG_BIZ' },
  { words: 'money back guarantee', rule: 'MONEY_BACK' },
  { words: 'free instant quote', rule: 'FREE_QUOTE_INSTANT' },
  { words: 'free no-obligation quote', rule: 'FREE_QUOTE_INSTANT' },
  { words: 'free no obligation quote', rule: 'FREE_QUOTE_INSTANT' },
  { words: 'bad credit', rule: 'BAD_CREDIT' },
  { words: 'financial freedom', rule: 'FIN_FREE' },
  { words: 'financially free', rule: 'FIN_FREE' },
  { words: 'financially independent', rule: 'FIN_FREE' },
  { words: 'one time offer', rule: 'ONE_TIME' },
  { words: 'one-time offer', rule: 'ONE_TIME' },
  { words: 'one time promotion', rule: 'ONE_TIME' },
  { words: 'one-time promotion', rule: 'ONE_TIME' },
  { words: 'one-time investment', rule: 'ONE_TIME' },
  { words: 'join thousands', rule: 'JOIN_MILLIONS' },
  { words: 'join millions', rule: 'JOIN_MILLIONS' },
  { words: 'marketing partner', rule: 'MARKETING_PARTNERS' },
  { words: 'low price', rule: 'LOW_PRICE' },
  { words: 'lowest price', rule: 'LOW_PRICE' },
  { words: 'affordable prices', rule: 'PRICES_ARE_AFFORDABLE' },
  { words: 'act now', rule: 'ACT_NOW_CAPS' },
  { words: 'investment advice', rule: 'INVESTMENT_ADVICE' },
  { words: 'as seen', rule: 'SUBJ_AS_SEEN', isSubjectOnly: true },
  { words: 'double your', rule: 'SUBJ_DOUBLE_YOUR', isSubjectOnly: true },
  { words: 'for only', rule: 'SUBJ_FOR_ONLY', isSubjectOnly: true },
  { words: 'free', rule: 'SUB_FREE_OFFER', isSubjectOnly: true },
  { words: 'guaranteed', rule: 'SUBJ_GUARANTEED', isSubjectOnly: true },
  { words: 'now only', rule: 'SUBJ_NOW_ONLY', isSubjectOnly: true },
  { words: 'your own', rule: 'SUBJ_YOUR_OWN', isSubjectOnly: true },
  { words: 'save up to', rule: 'SAVINGS', isSubjectOnly: true },
  { words: 'save big', rule: 'SAVINGS', isSubjectOnly: true },
  { words: 'save on your', rule: 'SAVINGS', isSubjectOnly: true },
]
