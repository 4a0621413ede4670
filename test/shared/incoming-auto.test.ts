import { describe, expect, test } from 'vitest'
import { judgeAutoReply } from '#shared/domain/incoming/auto'
import type { IncomingMail } from '#shared/domain/incoming/incoming-mail'
import { incomingMail, RECEIVED_AT, SENT } from '#test/shared/incoming-mails'

function judge(changes: Partial<IncomingMail>, subject = SENT.subject) {
  const match = { candidate: { ...SENT, subject }, how: 'reference' as const }
  return judgeAutoReply(incomingMail(changes), { now: RECEIVED_AT, zone: 'Europe/Berlin', match })
}

describe('a header says that a machine wrote it', () => {
  test.each<[Partial<IncomingMail['headers']>, object]>([
    [{ 'auto-submitted': 'auto-generated' }, { header: 'auto-submitted', value: 'auto-generated' }],
    [{ 'auto-submitted': 'Auto-Replied (vacation)' }, { header: 'auto-submitted', value: 'auto-replied' }],
    [{ precedence: 'bulk' }, { header: 'precedence', value: 'bulk' }],
    [{ precedence: 'auto_reply' }, { header: 'precedence', value: 'auto_reply' }],
    [{ precedence: 'junk' }, { header: 'precedence', value: 'junk' }],
    [{ 'x-autoreply': 'yes' }, { header: 'x-autoreply' }],
    [{ 'x-autorespond': 'A question about your warehouse' }, { header: 'x-autorespond', value: 'yes' }],
    [{ 'content-type': 'multipart/report; report-type=disposition-notification' }, { rule: 'read_receipt' }],
  ])('%j', (headers, evidence) => {
    expect(judge({ headers })).toMatchObject({ kind: 'auto_replied', evidence })
  })

  test.each<Partial<IncomingMail['headers']>>([
    {},
    { 'auto-submitted': 'no' },
    { precedence: 'list' },
    { precedence: 'normal' },
    { 'x-autoreply': 'no' },
    { 'x-auto-response-suppress': 'All' },
    { 'return-path': '<>' },
    { 'content-type': 'multipart/alternative' },
  ])('%j does not', (headers) => {
    expect(judge({ headers })).toBeNull()
  })
})

describe('a subject says that a machine wrote it', () => {
  test.each([
    ['en', 'Automatic reply: A question'],
    ['en', 'Auto-Reply: A question'],
    ['en', 'Auto: A question'],
    ['en', '[Autoreply] A question'],
    ['en', 'Out of Office: A question'],
    ['en', 'OOO until Monday'],
    ['en', 'On vacation'],
    ['de', 'Automatische Antwort: A question'],
    ['de', 'Abwesenheitsnotiz: A question'],
    ['de', 'Ich bin nicht im Büro'],
    ['de', 'Urlaub: A question'],
    ['fr', 'Réponse automatique : A question'],
    ['fr', 'Absence du bureau'],
    ['es', 'Respuesta automática: A question'],
    ['nl', 'Automatisch antwoord: A question'],
    ['it', 'Risposta automatica: A question'],
    ['it', 'Fuori sede: A question'],
  ])('%s: %s', (language, subject) => {
    expect(judge({ subject })).toMatchObject({ kind: 'auto_replied', evidence: { rule: 'auto_subject', language } })
  })

  test.each([
    'Re: Out of office',
    'AW: Automatische Antwort',
    'Vacation rentals',
    'Urlaubsplanung',
    'Autonomous cars',
    '',
  ])('%s does not', (subject) => {
    expect(judge({ subject })).toBeNull()
  })

  test.each([
    ['en', 'Thank you for contacting us'],
    ['en', '[Ticket #12] received'],
    ['de', 'Eingangsbestätigung'],
    ['fr', 'Accusé de réception'],
  ])('%s: %s, but only where answers to it are not wanted', (language, subject) => {
    expect(judge({ subject })).toBeNull()
    const headers = { 'x-auto-response-suppress': 'All' }
    expect(judge({ subject, headers })).toMatchObject({ evidence: { language, header: 'x-auto-response-suppress' } })
  })
})

const AUTO = { 'auto-submitted': 'auto-replied' }

describe('somebody has left', () => {
  test.each([
    'Ann Lee no longer works for Corp.',
    'Ann is no longer with the company. Contact Bob until 5 December.',
    'Ann is no longer employed here.',
    'Ann Lee has left the organisation.',
    'I have left the company.',
    'This mailbox is no longer monitored.',
    'I’ve retired.',
    'Frau Lee ist nicht mehr für die Corp GmbH tätig.',
    'Ich bin nicht mehr bei Corp beschäftigt.',
    'Herr Ray arbeitet nicht mehr bei uns.',
    'Frau Lee hat das Unternehmen zum 1. November verlassen.',
    'Diese E-Mail-Adresse wird nicht mehr gelesen.',
    'Ann ne travaille plus chez Corp.',
    'Ann Lee a quitté l’entreprise.',
    'Ann ne fait plus partie de la société.',
    'Ann ya no trabaja en Corp.',
    'Ann non lavora più qui.',
    'Ann is niet langer werkzaam bij Corp.',
  ])('%s', (newText) => {
    expect(judge({ newText, headers: AUTO })).toMatchObject({ hasLeft: true, returnsAt: null })
  })

  test.each([
    'I have left the office for today.',
    'I am no longer at my desk, back on 7 December.',
    'I will no longer be reachable by phone.',
    'Ich bin nicht mehr im Büro und am 7. Dezember zurück.',
    'Je ne suis plus au bureau.',
  ])('%s is no leaving', (newText) => {
    expect(judge({ newText, headers: AUTO })).toMatchObject({ hasLeft: false })
  })
})

describe('the day of return', () => {
  const day = Date.parse('2026-12-08T00:00+01:00')

  test('may stand in the subject', () => {
    expect(judge({ subject: 'Out of office until 7 December', newText: '' })).toMatchObject({ returnsAt: day })
  })

  test('is not a day of our own subject', () => {
    const ours = 'An offer until 7 December'
    const subject = `Automatic reply: ${ours}`
    expect(judge({ subject, newText: 'I am away.' }, ours)).toMatchObject({ returnsAt: null })
  })

  test('is not asked of a read receipt', () => {
    const headers = { 'content-type': 'multipart/report; report-type=disposition-notification' }
    expect(judge({ headers, newText: 'Read. Back on 8 December. Ann has left the company.' })).toMatchObject({
      returnsAt: null,
      hasLeft: false,
    })
  })
})
