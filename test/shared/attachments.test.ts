import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { blockedType, mostFilesBytes, MOST_FILES_BYTES, safeFileName } from '#shared/domain/attachments'

describe('a safe file name', () => {
  test.each([
    ['offer.pdf', 'offer.pdf'],
    ['Angebot für Müller – 見積書.pdf', 'Angebot für Müller – 見積書.pdf'],
    ['C:\\Users\\rita\\offer.pdf', 'offer.pdf'],
    ['../../etc/passwd', 'passwd'],
    ['a\r\nBcc: eve@evil.example', 'aBcc_ eve@evil.example'],
    ['a"; filename="b.pdf', 'a_; filename=_b.pdf'],
    ['=?UTF-8?Q?evil.exe?=', '=_UTF-8_Q_evil.exe_='],
    ['photo\u202egpj.exe', 'photogpj.exe'],
    ['a\u200bb\u0000c\ufeff.pdf', 'abc.pdf'],
    ['offer.pdf. . .', 'offer.pdf'],
    ['nul.txt', '_nul.txt'],
    ['COM1', '_COM1'],
    [`con.${'x'.repeat(130)}`, `_con.${'x'.repeat(115)}`],
    ['  ', 'file'],
    ['...', 'file'],
    ['u\u0308ber.pdf', 'über.pdf'],
    [`${'x'.repeat(300)}.pdf`, `${'x'.repeat(116)}.pdf`],
    ['\ud800.pdf', '.pdf'],
  ])('%j becomes %j', (typed, safe) => {
    expect(safeFileName(typed)).toBe(safe)
  })

  test('is one line of seen characters without separators, not longer than 120, and stays as it is', () => {
    const piece = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.string({ unit: 'binary' }),
      fc.constantFrom(
        '\r\n',
        '"',
        '.exe',
        '. ',
        '\u202e',
        '\u200d',
        '\u0308',
        '=?',
        '/',
        '\\',
        'con',
        '..',
        'x'.repeat(130),
      ),
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 6 }), (pieces) => {
        const safe = safeFileName(pieces.join(''))
        expect(safe).toMatch(/^[^\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}<>:"/\\|?*]+$/u)
        expect(safe).not.toMatch(/^\s|[\s.]$/)
        expect(Array.from(safe).length).toBeLessThanOrEqual(120)
        expect(safeFileName(safe)).toBe(safe)
      }),
      { numRuns: 2_000 },
    )
  })
})

describe('types that mailboxes turn away', () => {
  test.each([
    ['setup.exe', 'exe'],
    ['SETUP.EXE', 'exe'],
    ['offer.pdf.js', 'js'],
    ['offer.exe. .', 'exe'],
    ['disk.iso', 'iso'],
    ['macro.vbs', 'vbs'],
    ['link.lnk', 'lnk'],
    ['app.apk', 'apk'],
  ])('%s', (name, type) => {
    expect(blockedType(name)).toBe(type)
  })

  test.each(['offer.pdf', 'prices.xlsx', 'letter.docx', 'photo.jpg', 'data.zip', 'exe', 'notes.txt', 'call.ics', ''])(
    'not %j',
    (name) => {
      expect(blockedType(name)).toBeNull()
    },
  )
})

describe('what a mail of a mailbox can carry', () => {
  const base64 = (bytes: number) => Math.ceil(bytes / 57) * 78

  test('25 MB at Gmail, which is below the 35 MiB of its API when encoded, and 20 MB at Outlook', () => {
    expect(mostFilesBytes({ kind: 'gmail', mostMailBytes: null })).toBe(25_000_000)
    expect(base64(25_000_000)).toBeLessThan(36_700_160 - 1_000_000)
    expect(mostFilesBytes({ kind: 'outlook', mostMailBytes: null })).toBe(20_000_000)
  })

  test.each([10_000_000, 26_214_400, 35_882_577])(
    'what an SMTP server of %i bytes takes with a text beside it',
    (size) => {
      const most = mostFilesBytes({ kind: 'smtp', mostMailBytes: size })
      expect(base64(most)).toBeLessThanOrEqual(size - 499_000)
      expect(most).toBeGreaterThan(size * 0.68)
    },
  )

  test('less than 20 MB where an SMTP server says nothing, never below zero, never above the most', () => {
    expect(mostFilesBytes({ kind: 'smtp', mostMailBytes: null })).toBeLessThan(20_000_000)
    expect(mostFilesBytes({ kind: 'smtp', mostMailBytes: 100 })).toBe(0)
    expect(mostFilesBytes({ kind: 'smtp', mostMailBytes: 1e12 })).toBe(MOST_FILES_BYTES)
  })
})
