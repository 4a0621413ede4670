import { describe, expect, test } from 'vitest'
import type { Mailbox } from '#shared/contract/mailboxes'
import { MailboxKind, MailboxNeed, RestReason } from '#shared/domain/taxonomy'
import type { ErrorDetails } from '#shared/errors'
import { adminMail, needWords } from '../../renderer/features/mailboxes/mailbox-needs.ts'
import {
  healthReasonsText,
  readingText,
  shareText,
  stateText,
  statusBadge,
} from '../../renderer/features/mailboxes/mailbox-words.ts'
import { codeText } from '../../renderer/app/error-text.ts'
import { safekeepingWarning } from '../../renderer/ui/safekeeping-words.ts'
import { REST_WORDS } from '../../renderer/ui/rest-words.ts'
import { GUIDES } from '../../renderer/ui/client-guides.ts'
import { idRemark, secretProblem, type ClientFacts } from '../../renderer/ui/client-words.ts'

const NOW = 1_800_000_000_000
const ADDRESS = 'jana@corp.example'

describe('a mailbox that needs the rep', () => {
  const cases = MailboxNeed.options.flatMap((need) => MailboxKind.options.map((kind) => [need, kind] as const))
  test.each(cases)('%s of %s: what is wrong, and a button that does something about it', (need, kind) => {
    const { text, actions } = needWords({ kind, address: ADDRESS, need })
    expect(text).toMatch(/^[A-Z].+\.$/)
    expect(text).not.toMatch(/undefined|null|_/)
    expect(actions.length).toBeGreaterThan(0)
  })

  test('only a mailbox without other needs is said to need a sign-in', () => {
    expect(statusBadge({ status: 'needs_sign_in', need: 'sign_in' }).label).toBe('Needs sign-in')
    expect(statusBadge({ status: 'needs_sign_in', need: 'mailbox_full' }).label).toBe('Needs you')
  })

  test.each(['gmail', 'outlook'] as const)(
    'the mail to the admin of %s names the client id and the page',
    (provider) => {
      const text = adminMail(provider, { clientId: 'the-client-id', adminUrl: 'https://admin.example/consent' })
      expect(text).toContain('the-client-id')
      expect(text).toContain('https://admin.example/consent')
      expect(adminMail(provider, { clientId: 'the-client-id', adminUrl: null })).not.toContain('This page')
    },
  )
})

describe('before a secret is given', () => {
  test('nothing is said where the system’s keychain keeps it', () => {
    expect(safekeepingWarning('keychain', 'password')).toBeNull()
  })

  test.each(['key_file', 'weak', 'none'] as const)('a system with %s says so, and what to do', (safekeeping) => {
    expect(safekeepingWarning(safekeeping, 'password')).toMatch(/no .*keychain|No keychain|no safe place/)
    expect(safekeepingWarning(safekeeping, 'password')).toContain('app password')
    expect(safekeepingWarning(safekeeping, 'access')).toContain('take this back')
  })
})

describe('a mailbox that rests', () => {
  const said = (restReason: RestReason) =>
    stateText({ status: 'resting', restReason, restingUntil: NOW + 600_000, budget: { waiting: 1 } } as Mailbox, NOW)

  test('says that the provider asked for it only where it did', () => {
    const blamed = RestReason.options.filter((reason) => said(reason).includes('provider'))
    expect(blamed).toEqual(['asked', 'day_limit'])
    for (const reason of RestReason.options) {
      expect(said(reason)).toMatch(/It (?:goes on|tries again) by itself at .*; waiting mail is kept\.$/)
    }
    expect(said('offline')).toContain('offline')
  })

  test('and each reason has a word on the Activity page', () => {
    for (const restReason of RestReason.options) expect(REST_WORDS[restReason]).toMatch(/^[a-z].*[a-z]$/)
  })
})

describe('what the admin is told', () => {
  test('of an SMTP mailbox: which one it is, and what to switch on', () => {
    const text = adminMail('smtp', { clientId: '', adminUrl: null, address: ADDRESS })
    expect(text).toContain(ADDRESS)
    expect(text).toMatch(/SMTP.*IMAP/)
  })

  test('the number of the rule that stopped the sign-in', () => {
    expect(adminMail('outlook', { clientId: 'x', adminUrl: null, rule: 'AADSTS53003' })).toContain('AADSTS53003')
  })

  test('the page is spoken of only where there is one', () => {
    const said = (details: ErrorDetails) => codeText('sign_in.admin_needed', details)
    expect(said({ adminUrl: 'https://admin.example' })).toContain('the page below')
    expect(said({ adminUrl: null })).toContain('the mail below')
    expect(said({ adminUrl: null, providerCode: 'AADSTS53003' })).toMatch(/rule .*AADSTS53003.*the mail below/)
  })
})

describe('why a sign-in failed', () => {
  test.each([
    ['sign_in.unreachable', { reason: 'no_name' }],
    ['sign_in.unreachable', { reason: 'busy' }],
    ['sign_in.unreachable', { reason: 'untrusted' }],
    ['sign_in.refused', { providerCode: 'AADSTS50076' }],
    ['sign_in.no_mailbox', {}],
    ['sign_in.other_organisation', {}],
  ] as const)('%s %j: speaks of no password, server name or port, and says what was kept', (code, details) => {
    const said = codeText(code, details)
    expect(said).not.toMatch(/password|server name|port\b|user name/)
    expect(said).toContain('Nothing was changed.')
  })
})

describe('what the card says about answers and the budget', () => {
  test.each(['smtp', 'gmail', 'outlook'] as const)('a %s that is not read names the consequence', (kind) => {
    expect(readingText({ kind, mayRead: false, readAt: null }, NOW)).toContain('go unnoticed')
  })

  test('a Gmail that may only send says what becomes of its follow-ups and doubts', () => {
    const said = readingText({ kind: 'gmail', mayRead: false, readAt: null }, NOW)
    expect(said).toContain('Each follow-up begins a thread of its own')
    expect(said).toContain('you are asked')
  })

  test('a mailbox that is read says when', () => {
    expect(readingText({ kind: 'gmail', mayRead: true, readAt: NOW - 120_000 }, NOW)).toContain('2 minutes ago')
    expect(readingText({ kind: 'gmail', mayRead: true, readAt: null }, NOW)).toContain('not been read yet')
  })

  test('the rep’s own mail and the reserve are named only where there are any', () => {
    expect(shareText({ byHand: 0 }, 0)).toBe('')
    expect(shareText({ byHand: 1 }, 0)).toBe('Of the last 24 hours’ mail 1 was sent by you.')
    expect(shareText({ byHand: 3 }, 5)).toContain('5 are kept free for you.')
  })
})

describe('the form for a client id', () => {
  const GOOGLE: ClientFacts = {
    provider: 'gmail',
    clientId: 'a.apps.googleusercontent.com',
    source: 'own',
    hasSecret: true,
  }

  test('an id that looks odd gets a remark, a right one does not', () => {
    expect(idRemark('gmail', '123-abc.apps.googleusercontent.com')).toBeNull()
    expect(idRemark('outlook', '12345678-abcd-abcd-abcd-1234567890ab')).toBeNull()
    expect(idRemark('gmail', '12345678-abcd-abcd-abcd-1234567890ab')).toContain('Google')
    expect(idRemark('outlook', ' ')).toBeNull()
  })

  test('Google demands a secret, unless one is stored for this very id', () => {
    const draft = { clientId: GOOGLE.clientId, secret: '' }
    expect(secretProblem(draft, GOOGLE)).toBeNull()
    expect(secretProblem({ ...draft, clientId: 'b.apps.googleusercontent.com' }, GOOGLE)).toContain('secret')
    expect(secretProblem(draft, { ...GOOGLE, hasSecret: false })).toContain('secret')
    expect(secretProblem(draft, { ...GOOGLE, provider: 'outlook', hasSecret: false })).toBeNull()
  })

  test('the guides name what the sign-in needs', () => {
    const clicks = (provider: 'gmail' | 'outlook') => GUIDES[provider].steps.flatMap((step) => step.clicks).join(' ')
    expect(clicks('gmail')).toContain('Desktop app')
    for (const word of ['http://localhost', 'Mail.ReadWrite', 'Mail.Send', 'User.Read']) {
      expect(clicks('outlook')).toContain(word)
    }
    expect(GUIDES.gmail.hints.join(' ')).toContain('7 days')
  })
})

test('the health says what it is made of, in the right number', () => {
  expect(
    healthReasonsText({
      healthReasons: [
        { outcome: 'hard_bounce', count: 2 },
        { outcome: 'opted_out', count: 1 },
      ],
    }),
  ).toBe('Of the last 50 mails: 2 addresses do not exist, 1 person asked not to be written to.')
})
