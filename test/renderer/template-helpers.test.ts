import { describe, expect, it } from 'vitest'
import { parseTemplate } from '#shared/domain/merge'
import { leadLabel } from '../../renderer/features/templates/lead-label.ts'
import { mergeFieldText } from '../../renderer/features/templates/merge-field.ts'
import { problemRange } from '../../renderer/features/templates/problem-text.ts'
import { readChoice } from '../../renderer/features/templates/use-chosen-template.ts'

describe('a merge field chip', () => {
  it('inserts a fallback where a mail reads well with one', () => {
    expect(mergeFieldText('firstName')).toBe('{{firstName | default: "there"}}')
    expect(mergeFieldText('Company size')).toBe('{{Company size}}')
  })

  it.each(['firstName', 'company', 'title', 'Company size'])('inserts %s as the merge language reads it', (name) => {
    expect(parseTemplate(mergeFieldText(name)).problems).toEqual([])
  })
})

describe('a problem', () => {
  it('is found inside the merge field that it spoils', () => {
    const text = 'Hello {{firstName | defualt: "x"}}'
    const [problem] = parseTemplate(text).problems
    if (problem === undefined) throw new Error('The template should have a problem.')
    const { start, end } = problemRange(problem, text)
    expect(text.slice(start, end)).toBe('defualt')
  })

  it('stays inside a text that has changed since', () => {
    expect(problemRange({ at: 50, text: '{{x' }, 'short')).toEqual({ start: 5, end: 5 })
  })
})

describe('the chosen template', () => {
  it.each([
    [{ template: 7 }, 7],
    [{ template: 'new' }, 'new'],
    [{ template: 'x' }, null],
    [{}, null],
  ] as const)('of %j is %j', (search, choice) => {
    expect(readChoice(search)).toBe(choice)
  })
})

it('a lead is named by person and company, or by address', () => {
  const lead = { firstName: 'Ann', lastName: 'Lee', company: 'Corp', email: 'ann@corp.example' }
  expect(leadLabel(lead)).toBe('Ann Lee, Corp')
  expect(leadLabel({ ...lead, firstName: '', lastName: '', company: '' })).toBe('ann@corp.example')
})
