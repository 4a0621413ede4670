import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { TemplateContent } from '#shared/contract/templates'
import { createRenderer, renderMail, templateProblems } from '#electron/engine/texts/render'

function plain(body: string, subject = 'Hello'): TemplateContent {
  return { subject, body, format: 'plain' }
}

function formatted(body: string, subject = 'Hello'): TemplateContent {
  return { subject, body, format: 'formatted' }
}

function render(content: TemplateContent, values: Record<string, string> = {}, signature = '') {
  return renderMail({ content, values: new Map(Object.entries(values)), signature })
}

/** Names of all elements in some HTML, and the attributes they carry. */
function tagsOf(html: string | null): string[] {
  return [...(html ?? '').matchAll(/<[^>]*>/g)].map(([tag]) => tag)
}

const PAYLOADS = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' onmouseover='alert(1)",
  '</p><iframe src="https://evil.example">',
  '<!--',
  '&lt;script&gt;',
  '**bold** *it* [x](https://evil.example)',
  '[x](javascript:alert(1))',
  '- a\n- b\n\n1. c',
  '# Heading',
  '![x](https://evil.example/pixel.png)',
  '<https://evil.example>',
  '`code`',
  '{{firstName}} {{x | default: "y"}}',
  '{% include "x" %}',
  '${process.exit()}',
  '\uE000field0\uE001\uE000link0\uE001',
  '\\*\\',
  '\uD800',
  '\u0000\u0007\u001B[2J',
]

describe('plain text', () => {
  test('the body is the text, with the line breaks as typed, and there is no HTML', () => {
    const mail = render(plain('Hi {{firstName}},\r\n\r\n  two  spaces\rend', 'For {{firstName}}'), { firstName: 'Ann' })
    expect(mail).toEqual({ subject: 'For Ann', text: 'Hi Ann,\n\n  two  spaces\nend', html: null, missing: [] })
  })

  test('formatting signs are text', () => {
    expect(render(plain('**no** [x](https://a.example) <b>')).text).toBe('**no** [x](https://a.example) <b>')
  })

  test('the signature follows a blank line, as it is', () => {
    expect(render(plain('Hi\n\n'), {}, 'Sam\r\n{{firstName}}\n').text).toBe('Hi\n\nSam\n{{firstName}}')
  })

  test.each(PAYLOADS)('the value %j is text', (value) => {
    const shown = value.replace(/[\u0000-\u0008\u000B-\u001F]/g, '').toWellFormed()
    expect(render(plain('<{{x}}>'), { x: value }).text).toBe(`<${shown}>`)
  })
})

describe('the subject', () => {
  test.each(['a\r\nBcc: evil@evil.example', 'a\nb', 'a\u2028b', 'a\u0085b', 'a\u0000b', 'a\tb'])(
    'stays one line when a value is %j',
    (value) => {
      const { subject } = render(plain('x', 'Hi {{x}}!'), { x: value })
      expect(subject).not.toMatch(/[\u0000-\u001F\u007F-\u009F\u2028\u2029]/)
      expect(subject).toMatch(/^Hi a ?(b|Bcc: evil@evil\.example)!$/)
    },
  )
})

describe('missing fields', () => {
  test.each(['plain', 'formatted'] as const)('holes in subject and body are named once (%s)', (format) => {
    const content = { subject: 'For {{company}}', body: '{{firstName}} {{company}} {{a | default: "b"}}', format }
    expect(render(content, { company: ' \u200B' }).missing).toEqual(['company', 'firstName'])
  })

  test('a mistyped field is a hole for everybody', () => {
    expect(render(formatted('Hi {{firstName | shout}}'), { firstName: 'Ann' }).missing).toEqual([
      '{{firstName | shout}}',
    ])
  })
})

describe('formatted', () => {
  test('bold, italic, links, lists and line breaks become HTML beside a readable text', () => {
    const mail = render(
      formatted(
        'Hi **{{firstName}}**,\nsee [our page](https://a.example/x?y=1&z=2):\n\n- one\n- *two*\n\n1. first\n2. second',
      ),
      { firstName: 'Ann' },
    )
    expect(mail.html).toBe(
      '<p>Hi <strong>Ann</strong>,<br>\nsee <a href="https://a.example/x?y=1&amp;z=2">our page</a>:</p>\n' +
        '<ul>\n<li>one</li>\n<li><em>two</em></li>\n</ul>\n<ol>\n<li>first</li>\n<li>second</li>\n</ol>\n',
    )
    expect(mail.text).toBe(
      'Hi Ann,\nsee our page (https://a.example/x?y=1&z=2):\n\n- one\n- two\n\n 1. first\n 2. second',
    )
  })

  test('everything else stays text', () => {
    const source =
      '# no heading\n\n> no quote\n\n`no code`\n\n    no block\n\n<b onclick="x">no html</b>\n\n| a | b |\n|---|---|'
    const { html } = render(formatted(source))
    expect(new Set(tagsOf(html))).toEqual(new Set(['<p>', '</p>', '<br>']))
    expect(html).toContain('&lt;b onclick=&quot;x&quot;&gt;no html&lt;/b&gt;')
  })

  test('an image is not loaded from anywhere', () => {
    expect(render(formatted('![pixel](https://evil.example/p.png)')).html).not.toMatch(/<img|src=/)
  })

  test('a link whose words are its address is not said twice in the text', () => {
    expect(render(formatted('<https://a.example> [https://b.example](https://b.example)')).text).toBe(
      'https://a.example https://b.example',
    )
  })

  test('private-use characters in a template cannot pose as a field', () => {
    const mail = render(formatted('\uE000field2\uE001 [\uE000link9\uE001]({{site}}) {{x}}'), { x: 'secret' })
    expect(mail.text).toBe('field2 link9 secret')
  })

  test('the signature is escaped and keeps its lines', () => {
    const mail = render(formatted('Hi'), {}, 'Sam <sam@a.example>\n**Gears**')
    expect(mail.html).toBe('<p>Hi</p>\n<p>Sam &lt;sam@a.example&gt;<br>\n**Gears**</p>\n')
    expect(mail.text).toBe('Hi\n\nSam <sam@a.example>\n**Gears**')
  })

  test.each(PAYLOADS)('the value %j is shown and never becomes markup', (value) => {
    const template = formatted('Hi {{x}},\n\n{{x}}\n\n- {{x}}\n\n**{{x}}** [{{x}}](https://a.example/?q={{x}})')
    const harmless = render(template, { x: 'Ann' })
    const mail = render(template, { x: value })
    const isExpected = (tag: string): boolean => tag !== '<br>' && !tag.startsWith('<a ')
    expect(tagsOf(mail.html).filter(isExpected)).toEqual(tagsOf(harmless.html).filter(isExpected))
    for (const tag of tagsOf(mail.html).filter((each) => each.startsWith('<a '))) {
      expect(tag).toMatch(/^<a href="https:\/\/a\.example\/\?q=[^"<>\s]*">$/)
    }
  })

  test('no value whatever adds an element', () => {
    const send = createRenderer({ content: formatted('{{x}} *{{x}}* [l]({{x}})'), signature: '' })
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (value) => {
        const names = tagsOf(send(new Map([['x', value]])).html).map((tag) => tag.replace(/[ >].*/s, ''))
        return names.every((name) => ['<p', '</p', '<em', '</em', '<br', '<a', '</a'].includes(name))
      }),
    )
  })
})

describe('links', () => {
  const href = (html: string | null): string | undefined => /href="([^"]*)"/.exec(html ?? '')?.[1]

  test.each([
    ['[x](http://a.example)', 'http://a.example'],
    ['[x](mailto:ann@a.example)', 'mailto:ann@a.example'],
    ['[x](https://{{site}}/hi)', 'https://acme.example/hi'],
    ['[x](https://{{full}})', 'https://acme.example/p?q=1'],
    ['[x]({{site}})', 'https://acme.example'],
    ['[x]({{full}})', 'https://acme.example/p?q=1'],
    ['[x](mailto:{{email}})', 'mailto:ann@acme.example'],
    ['[x](https://a.example/?name={{name}})', 'https://a.example/?name=A%26B%20%22C%22'],
  ])('%s leads to %s', (body, expected) => {
    const values = {
      site: 'acme.example',
      full: 'https://acme.example/p?q=1',
      email: 'ann@acme.example',
      name: 'A&B "C"',
    }
    expect(href(render(formatted(body), values).html)).toBe(expected)
  })

  test.each(['javascript:alert(1)', 'data:text/html,x', 'file:///etc/passwd', 'vbscript:x', '//a.example', 'x'])(
    'a typed link to %s stays text',
    (target) => {
      const mail = render(formatted(`[words](${target})`))
      expect(mail.html).not.toContain('<a')
      expect(mail.text).toContain(target)
    },
  )

  test.each(['javascript:alert(1)', 'JaVaScRiPt:x', 'data:text/html,x', 'mailto:x@a.example', 'file:///x', 'n/a', ''])(
    'a value %j makes no link, and the words stay',
    (value) => {
      const mail = render(formatted('see [words]({{site}}).'), { site: value })
      expect(mail.html).toBe('<p>see words.</p>\n')
      expect(mail.text).toBe('see words.')
    },
  )

  test('a value cannot move a link to another host', () => {
    const { html } = render(formatted('[x](https://a.example{{x}})'), { x: '@evil.example/' })
    expect(html).not.toContain('<a')
  })
})

describe('problems of a template', () => {
  const found = (content: TemplateContent, known: string[] = []) =>
    templateProblems(content, known).map(({ part, at, code }) => `${part} ${at} ${code}`)

  test('a good template has none', () => {
    const content = plain('Hi {{First name | default: "there"}}, {{Shoe size}}', '{{company}}')
    expect(templateProblems(content, ['shoe size'])).toEqual([])
  })

  test('an unknown field is named at its place', () => {
    expect(templateProblems(plain('Hi {{ frstName }}'), ['Product'])).toEqual([
      { part: 'body', at: 3, code: 'unknown_field', text: 'frstName' },
    ])
  })

  test('__proto__ and constructor are unknown', () => {
    expect(found(plain('{{__proto__}}{{constructor}}'))).toEqual(['body 0 unknown_field', 'body 13 unknown_field'])
  })

  test.each(['', ' \n\u00A0', '{{title | default: ""}}'])('the subject or body %j is empty', (text) => {
    expect(found({ subject: text.replace('\n', ''), body: text, format: 'plain' })).toEqual([
      'subject 0 empty_subject',
      'body 0 empty_body',
    ])
  })

  test('a line break in the subject is a problem', () => {
    expect(found(plain('x', 'a\nb'))).toEqual(['subject 1 line_break_in_subject'])
  })

  test('mistakes are listed in the order in which one reads', () => {
    expect(found(plain('{{b}} {{a', '{{ x | y }}'))).toEqual([
      'subject 0 unknown_filter',
      'body 0 unknown_field',
      'body 6 unclosed',
    ])
  })
})
