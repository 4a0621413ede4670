import { expect, test } from 'vitest'
import { sentenceAt } from '#shared/domain/sentence'

test.for([
  ['Hi. Are you free tomorrow? Best', 'tomorrow', 'Are you free tomorrow?'],
  ['Hi Ann,\nsee you tomorrow\nBob', 'tomorrow', 'see you tomorrow'],
  ['tomorrow', 'tomorrow', 'tomorrow'],
  ['A “quote.” Then tomorrow… And on', 'tomorrow', 'Then tomorrow…'],
  ['At 3.30 p.m tomorrow!  Yes', 'tomorrow', 'At 3.30 p.m tomorrow!'],
] as const)('in %j the sentence around %s is %j', ([text, words, expected]) => {
  const from = text.indexOf(words)
  const range = sentenceAt(text, { from, to: from + words.length })
  expect(text.slice(range.from, range.to)).toBe(expected)
})
