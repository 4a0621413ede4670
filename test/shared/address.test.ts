import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isRoleAddress, parseAddress, type Address, type AddressProblem } from '#shared/domain/address'

function read(typed: string): Address {
  const parsed = parseAddress(typed)
  if (!parsed.ok) throw new Error(`${JSON.stringify(typed)}: ${parsed.problem}`)
  return parsed.address
}

describe('an address is read', () => {
  test.each<[typed: string, ascii: string, identity: string]>([
    ['ann@corp.example', 'ann@corp.example', 'ann@corp.example'],
    ['  ann@corp.example\t', 'ann@corp.example', 'ann@corp.example'],
    ['\u00a0ann@corp.example\u00a0', 'ann@corp.example', 'ann@corp.example'],
    ['Ann.Example@Corp.Example', 'Ann.Example@corp.example', 'ann.example@corp.example'],
    ['ANN@CORP.EXAMPLE', 'ANN@corp.example', 'ann@corp.example'],
    ['ann+news@corp.example', 'ann+news@corp.example', 'ann@corp.example'],
    ['ann+a+b@corp.example', 'ann+a+b@corp.example', 'ann@corp.example'],
    ['+ann@corp.example', '+ann@corp.example', '+ann@corp.example'],
    ['a.n.n@gmail.com', 'a.n.n@gmail.com', 'ann@gmail.com'],
    ['A.N.N+x@GMail.com', 'A.N.N+x@gmail.com', 'ann@gmail.com'],
    ['a.n.n@googlemail.com', 'a.n.n@googlemail.com', 'ann@gmail.com'],
    ['a.n.n@gmail.example', 'a.n.n@gmail.example', 'a.n.n@gmail.example'],
    ['a.n.n@mail.gmail.com', 'a.n.n@mail.gmail.com', 'a.n.n@mail.gmail.com'],
    ["o'brien@corp.example", "o'brien@corp.example", "o'brien@corp.example"],
    ["!#$%&'*/=?^_`{|}~-@corp.example", "!#$%&'*/=?^_`{|}~-@corp.example", "!#$%&'*/=?^_`{|}~-@corp.example"],
    ['1@2.example', '1@2.example', '1@2.example'],
    ['-@corp.example', '-@corp.example', '-@corp.example'],
    ['_@corp.example', '_@corp.example', '_@corp.example'],
    ['ann@a.b.c.d.corp.example', 'ann@a.b.c.d.corp.example', 'ann@a.b.c.d.corp.example'],
    ['ann@co-op.example', 'ann@co-op.example', 'ann@co-op.example'],
    ['ann@1and1.example', 'ann@1and1.example', 'ann@1and1.example'],
    ['ann@123.example', 'ann@123.example', 'ann@123.example'],
    ['ann@münchen.example', 'ann@xn--mnchen-3ya.example', 'ann@xn--mnchen-3ya.example'],
    ['ann@MÜNCHEN.example', 'ann@xn--mnchen-3ya.example', 'ann@xn--mnchen-3ya.example'],
    ['ann@mu\u0308nchen.example', 'ann@xn--mnchen-3ya.example', 'ann@xn--mnchen-3ya.example'],
    ['ann@xn--mnchen-3ya.example', 'ann@xn--mnchen-3ya.example', 'ann@xn--mnchen-3ya.example'],
    ['ann@straße.example', 'ann@xn--strae-oqa.example', 'ann@xn--strae-oqa.example'],
    ['ann@ｃｏｒｐ.example', 'ann@corp.example', 'ann@corp.example'],
    ['ann@corp。example', 'ann@corp.example', 'ann@corp.example'],
    ['ann@例え.テスト', 'ann@xn--r8jz45g.xn--zckzah', 'ann@xn--r8jz45g.xn--zckzah'],
    ['ann@аpple.example', 'ann@xn--pple-43d.example', 'ann@xn--pple-43d.example'],
    [`${'a'.repeat(64)}@corp.example`, `${'a'.repeat(64)}@corp.example`, `${'a'.repeat(64)}@corp.example`],
    [`ann@${'b'.repeat(63)}.example`, `ann@${'b'.repeat(63)}.example`, `ann@${'b'.repeat(63)}.example`],
  ])('%j', (typed, ascii, identity) => {
    const domain = ascii.slice(ascii.indexOf('@') + 1)
    expect(read(typed)).toEqual({ typed: typed.trim(), ascii, domain, identity })
  })
})

describe('what is not exactly one address is refused', () => {
  test.each<[AddressProblem, string[]]>([
    ['empty', ['', ' ', '\t \u00a0']],
    [
      'line_break',
      [
        'ann@corp.example\n',
        '\r\nann@corp.example',
        'ann@corp.example\r\nBcc: eve@evil.example',
        'ann@corp.example\nRCPT TO:<eve@evil.example>',
        'ann\r@corp.example',
        'ann@corp\u2028.example',
        'ann@corp\u2029.example',
        'ann@corp\u0085.example',
        'ann@corp\v.example',
        '\n',
      ],
    ],
    [
      'control',
      [
        'ann@corp.example\0',
        'ann@corp.example\0.evil.example',
        'ann\t@corp.example',
        'ann@corp.example\x7f',
        'ann@corp\u200b.example',
        'ann\u200d@corp.example',
        '\ufeffann@corp.example',
        'ann@corp\u00ad.example',
        '\u202eann@corp.example',
        'ann@corp\ud800.example',
      ],
    ],
    [
      'several',
      [
        'ann@corp.example, eve@evil.example',
        'ann@corp.example;eve@evil.example',
        'ann@corp.example eve@evil.example',
        'ann@corp.example,',
        'ann@eve@corp.example',
        'ann@@corp.example',
        '@@',
        '"ann@corp.example"@evil.example',
        'Ann <ann@corp.example>, Eve <eve@evil.example>',
        'all: ann@corp.example;',
        'ann@corp.example<eve@evil.example>',
      ],
    ],
    ['no_at', ['ann', 'ann.corp.example', 'ann＠corp.example', 'ann at corp.example', 'n/a', '-']],
    [
      'bad_local',
      [
        '@corp.example',
        '.ann@corp.example',
        'ann.@corp.example',
        'ann..b@corp.example',
        'ann b@corp.example',
        '"ann"@corp.example',
        '"ann b"@corp.example',
        'ann(comment)@corp.example',
        'Ann <ann@corp.example>',
        '<ann@corp.example>',
        'mailto:ann@corp.example',
        'ann\\@corp.example',
        'ann[1]@corp.example',
        ' . @corp.example',
      ],
    ],
    [
      'bad_domain',
      [
        'ann@',
        'ann@localhost',
        'ann@corp',
        'ann@.example',
        'ann@corp.',
        'ann@corp.example.',
        'ann@corp..example',
        'ann@corp .example',
        'ann@-corp.example',
        'ann@corp-.example',
        'ann@co_rp.example',
        'ann@127.0.0.1',
        'ann@127.1',
        'ann@0x7f.1',
        'ann@2130706433',
        'ann@[127.0.0.1]',
        'ann@[IPv6:::1]',
        'ann@corp.example:25',
        'ann@corp.example/path',
        'ann@corp.example?subject=x',
        'ann@corp.example#x',
        'ann@corp%2eexample.example',
        'ann@corp.example>',
        'ann@corp.example(home)',
        'ann@corp.123',
        'ann@corp.x',
        'ann@corp.e1',
        'ann@corp\\.example',
        'ann@℀.example',
        'ann@corp＠evil.example',
        `ann@${'b'.repeat(64)}.example`,
      ],
    ],
    ['non_ascii_local', ['jürgen@corp.example', 'ａｎｎ@corp.example', 'аnn@corp.example', '👋@corp.example']],
    [
      'too_long',
      [
        `${'a'.repeat(65)}@corp.example`,
        `ann@${'b.'.repeat(130)}example`,
        `${'a'.repeat(60)}@${'b'.repeat(60)}.${'c'.repeat(60)}.${'d'.repeat(60)}.exampleexample`,
        `a@${`${'ü'.repeat(30)}.`.repeat(7)}example`,
        'a'.repeat(100_000),
      ],
    ],
  ])('%s', (problem, typed) => {
    expect(typed.map((each) => [each, parseAddress(each)])).toEqual(typed.map((each) => [each, { ok: false, problem }]))
  })
})

describe('whatever is typed', () => {
  const anything = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.emailAddress(),
    fc.stringMatching(/^[a-z.+@,;<>"() \r\n\0äß＠。-]{1,30}$/),
    fc.tuple(fc.emailAddress(), fc.string({ unit: 'binary', maxLength: 6 })).map(([email, tail]) => email + tail),
  )

  test('an address that is accepted is one plain ASCII address, and reads the same again', () => {
    fc.assert(
      fc.property(anything, (typed) => {
        const parsed = parseAddress(typed)
        if (!parsed.ok) return
        const { ascii, domain } = parsed.address
        expect(ascii).toMatch(/^[!-~]+@[a-z0-9.-]+$/)
        expect(ascii.split('@')).toHaveLength(2)
        expect(ascii).not.toMatch(/[\s,;:<>()[\]"\\]/)
        expect(ascii.length).toBeLessThanOrEqual(254)
        expect(ascii.endsWith(`@${domain}`)).toBe(true)
        expect(read(ascii)).toEqual({ ...parsed.address, typed: ascii })
      }),
      { numRuns: 3_000 },
    )
  })

  const local = fc.stringMatching(/^[a-z][a-z0-9]{0,9}(\.[a-z0-9]{1,5}){0,2}$/)
  const domain = fc.constantFrom('gmail.com', 'googlemail.com', 'corp.example', 'münchen.example')

  test('case and plus-tags never make a second person', () => {
    fc.assert(
      fc.property(local, domain, fc.stringMatching(/^[a-z0-9+]{0,8}$/), (name, host, tag) => {
        const { identity } = read(`${name}@${host}`)
        expect(read(`${name.toUpperCase()}+${tag}@${host.toUpperCase()}`).identity).toBe(identity)
      }),
    )
  })

  test('dots make a second person everywhere but at Gmail', () => {
    fc.assert(
      fc.property(local, domain, (name, host) => {
        const isSame = read(`x${name}@${host}`).identity === read(`x.${name}@${host}`).identity
        expect(isSame).toBe(host === 'gmail.com' || host === 'googlemail.com')
      }),
    )
  })

  test('a line break, a comma or a second at-sign anywhere is never accepted', () => {
    const bad = fc.constantFrom('\r', '\n', '\r\n', '\0', ',', ';', '@', '<', '"', '\u2028')
    fc.assert(
      fc.property(local, fc.nat(24), bad, (name, at, evil) => {
        const typed = `${name}@corp.example`
        const place = at % (typed.length + 1)
        expect(parseAddress(typed.slice(0, place) + evil + typed.slice(place)).ok).toBe(false)
      }),
    )
  })
})

describe('a shared address is told from a person', () => {
  test.each([
    'info@corp.example',
    'INFO@corp.example',
    'info+x@corp.example',
    'no-reply@corp.example',
    'do_not_reply@corp.example',
    'noreply@corp.example',
    'support2@corp.example',
    'sales-uk@corp.example',
    'info.emea@corp.example',
    'sales.team@corp.example',
    'customer.service@corp.example',
    'hello@corp.example',
    'kontakt@corp.example',
    'contact@gmail.com',
  ])('%s is shared', (typed) => {
    expect(isRoleAddress(read(typed))).toBe(true)
  })

  test.each([
    'ann@corp.example',
    'ann.sales@corp.example',
    'sales.ann@corp.example',
    'informatiker@corp.example',
    'it.smith@corp.example',
    'hr.mueller@corp.example',
    'teamann@corp.example',
    '007@corp.example',
    'ann@info.example',
  ])('%s is a person', (typed) => {
    expect(isRoleAddress(read(typed))).toBe(false)
  })
})
