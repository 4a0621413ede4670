import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isBlank, parseTemplate } from '#shared/domain/merge'
import { mergeTemplate } from '#test/support/merge-template'

/** Text that is full of the language's own signs. */
const wild = fc
  .array(
    fc.oneof(
      fc.constantFrom('{', '{{', '}}', '}', '|', ':', '"', "'", '“', '”', '‘', ' ', '\n', 'default', 'upcase', 'name'),
      fc.constantFrom('{{name}}', '{{ name | default: "x" }}', '{{__proto__}}', '{{constructor}}', '{{toString}}'),
      fc.string({ unit: 'binary', maxLength: 5 }),
    ),
    { maxLength: 60 },
  )
  .map((pieces) => pieces.join(''))

/** A value that is seen and has no outer spaces. */
const seen = fc.oneof(wild, fc.string({ minLength: 1 })).filter((value) => !isBlank(value) && value.trim() === value)

test('no text makes the reader throw', () => {
  fc.assert(
    fc.property(wild, (template) => {
      const { parts } = parseTemplate(template)
      expect(mergeTemplate(parts, new Map()).text.length).toBeLessThanOrEqual(template.length)
    }),
    { numRuns: 1_000 },
  )
})

test('where no field is closed, all of the text is kept in its order', () => {
  fc.assert(
    fc.property(wild, (template) => {
      const unclosed = template.replaceAll('}', '')
      const pieces = parseTemplate(unclosed).parts.map((part) => {
        if (part.kind !== 'text' && part.kind !== 'broken') throw new Error(`A field was read in ${unclosed}`)
        return part.kind === 'text' ? part.text : part.source
      })
      expect(pieces.join('')).toBe(unclosed)
    }),
    { numRuns: 1_000 },
  )
})

test('every problem points at two braces', () => {
  fc.assert(
    fc.property(wild, (template) => {
      for (const problem of parseTemplate(template).problems) expect(template.slice(problem.at)).toMatch(/^\{\{/)
    }),
    { numRuns: 1_000 },
  )
})

test('a value comes out as it went in, whatever it says', () => {
  fc.assert(
    fc.property(seen, (value) => {
      const { parts } = parseTemplate('<{{name}}|{{ NAME | default: "x" }}>')
      expect(mergeTemplate(parts, new Map([['name', value]])).text).toBe(`<${value}|${value}>`)
    }),
    { numRuns: 1_000 },
  )
})

test('a template without fields comes out unchanged', () => {
  fc.assert(
    fc.property(fc.string(), (template) => {
      fc.pre(!template.includes('{{'))
      expect(mergeTemplate(parseTemplate(template).parts, new Map()).text).toBe(template)
    }),
  )
})

test.each(Object.getOwnPropertyNames(Object.prototype))(
  'a field named %s finds nothing that is not a value',
  (name) => {
    const { parts } = parseTemplate(`{{${name}}}{{${name} | default: "none"}}`)
    expect(mergeTemplate(parts, new Map([['firstName', 'Ann']]))).toEqual({ text: 'none', missing: [name] })
  },
)

test.each([
  ['open braces', '{{'],
  ['odd open braces', '{{{'],
  ['unclosed fields', '{{a '],
  ['unclosed arguments', '{{a|default:"'],
  ['arguments that close one another', '{{a|default:"{{b|default:\'{{c|default:“'],
  ['filters without end', '|default:"x"'],
  ['spaces before a filter', ' |'],
  ['spaces', '   '],
])('a long run of %s is read in one go', (_, piece) => {
  const template = `{{a${piece.repeat(200_000)}`
  // A reader that goes back over the text needs minutes here; the runner's own limit is the test.
  expect(parseTemplate(template).parts.length).toBeGreaterThan(0)
})
