import { describe, expect, test } from 'vitest'
import { EMPTY_SMTP, smtpErrors, smtpInput } from '../../renderer/features/mailboxes/smtp-draft.ts'
import { guessSmtp } from '../../renderer/features/mailboxes/smtp-guess.ts'

const DRAFT = { ...EMPTY_SMTP, address: ' jana@corp.example ', host: 'smtp.corp.example', password: 'secret' }

describe('the form for an SMTP mailbox', () => {
  test('a known provider brings its server and says what password it wants', () => {
    const guess = guessSmtp('jana@gmail.com')
    expect(guess?.server).toEqual({ host: 'smtp.gmail.com', port: 465, security: 'tls' })
    expect(guess?.passwordHint).toContain('app password')
  })

  test('any other domain gets the usual name', () => {
    expect(guessSmtp('jana@corp.example')).toMatchObject({
      provider: null,
      server: { host: 'smtp.corp.example', port: 587 },
    })
  })

  test.each(['', 'jana', 'jana@', 'jana@corp', 'jana@corp .example'])('no guess for “%s”', (address) => {
    expect(guessSmtp(address)).toBeNull()
  })

  test('an empty user name means the address', () => {
    expect(smtpInput(DRAFT)).toMatchObject({ address: 'jana@corp.example', smtp: { user: 'jana@corp.example' } })
  })

  test('a right draft has no errors', () => {
    expect(Object.values(smtpErrors(DRAFT)).every((error) => error === null)).toBe(true)
  })

  test.each([
    [{ address: 'a@b.example, c@d.example' }, 'address'],
    [{ host: ' ' }, 'host'],
    [{ port: '' as const }, 'port'],
    [{ port: 70_000 }, 'port'],
    [{ password: '' }, 'password'],
    [{ security: 'none' as const }, 'security'],
  ])('%j is said at its field', (change, field) => {
    const errors = smtpErrors({ ...DRAFT, ...change })
    expect(
      Object.entries(errors)
        .filter(([, error]) => error !== null)
        .map(([name]) => name),
    ).toEqual([field])
  })

  test('a server on this computer may go without encryption', () => {
    expect(smtpErrors({ ...DRAFT, host: 'localhost', security: 'none' }).security).toBeNull()
  })
})
