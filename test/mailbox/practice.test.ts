import { access, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { OutgoingMail } from '#electron/mailbox/mail-provider'
import { buildMime } from '#electron/mailbox/mime'
import { createPracticeProvider } from '#electron/mailbox/practice/practice'
import { listPracticeMail } from '#electron/mailbox/practice/practice-mail'
import { outgoingMail } from '#test/mailbox/outgoing-mail'

const MAIL = outgoingMail()
const never = () => new AbortController().signal

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pacemail-practice-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const open = () => createPracticeProvider({ folder })
const sentFiles = () => readdir(join(folder, 'sent'))
const draftFiles = () => readdir(join(folder, 'drafts'))

async function send(mail: OutgoingMail, beforeFirstByte = () => true): Promise<void> {
  const { draftId } = await open().createDraft(mail, never())
  await open().sendDraft(draftId, mail, beforeFirstByte, never())
}

describe('one key is one mail', () => {
  test('sending a second time answers as the first and writes nothing', async () => {
    await send(MAIL)
    const changed = outgoingMail({ text: 'something else' })
    const asked: number[] = []
    await send(changed, () => asked.push(1) > 0)

    expect(asked).toEqual([])
    expect(await sentFiles()).toEqual([`${MAIL.key}.eml`])
    expect(await draftFiles()).toEqual([])
    expect(await readFile(join(folder, 'sent', `${MAIL.key}.eml`))).toEqual(await buildMime(MAIL))
  })

  test('a draft from before a restart leaves as the mail is now', async () => {
    await open().createDraft(MAIL, never())
    const later = outgoingMail({ date: MAIL.date + 3_600_000 })
    await open().sendDraft(MAIL.key, later, () => true, never())

    expect(await readFile(join(folder, 'sent', `${MAIL.key}.eml`))).toEqual(await buildMime(later))
  })

  test('a draft that somebody threw away is written again: the folder proves that it was not sent', async () => {
    await open().createDraft(MAIL, never())
    await open().deleteDraft(MAIL.key, never())

    await open().sendDraft(MAIL.key, MAIL, () => true, never())
    expect(await sentFiles()).toHaveLength(1)
  })

  test('throwing a draft away leaves what was sent', async () => {
    await send(MAIL)
    await open().deleteDraft(MAIL.key, never())
    expect(await sentFiles()).toHaveLength(1)
  })
})

describe('a crash at any point leaves a mail before or after sending, never between', () => {
  test.each<[string, () => Promise<void>, string]>([
    ['before anything', async () => {}, 'absent'],
    ['with folders only', async () => void (await open().check(never())), 'absent'],
    ['in the middle of writing the draft', halfWritten, 'absent'],
    ['with a draft', drafted, 'draft'],
    ['rewriting a draft', () => drafted().then(halfWritten), 'draft'],
    ['after the rename', () => send(MAIL), 'sent'],
  ])('%s', async (_title, crash, fate) => {
    await crash()
    expect((await open().findDraft(MAIL.key, null, never())).fate).toBe(fate)

    await send(MAIL)
    expect(await sentFiles()).toEqual([`${MAIL.key}.eml`])
    expect(await draftFiles()).toEqual([])
    expect(await readFile(join(folder, 'sent', `${MAIL.key}.eml`))).toEqual(await buildMime(MAIL))
  })

  async function drafted(): Promise<void> {
    await open().createDraft(MAIL, never())
  }

  async function halfWritten(): Promise<void> {
    await mkdir(join(folder, 'drafts'), { recursive: true })
    await writeFile(join(folder, 'drafts', `${MAIL.key}.eml.tmp`), 'X-Pacemail-Key: half')
  }
})

describe('when the folder cannot be used', () => {
  test('a look-up that fails is no proof that a mail was not sent', async () => {
    await writeFile(join(folder, 'sent'), 'not a folder')
    await expect(open().findDraft(MAIL.key, null, never())).rejects.toMatchObject({ code: 'mail.unreachable' })
  })

  test('preparing and checking say that nothing was sent', async () => {
    await writeFile(join(folder, 'drafts'), 'not a folder')
    await expect(open().createDraft(MAIL, never())).rejects.toMatchObject({ code: 'mail.unreachable' })
    await expect(open().check(never())).rejects.toMatchObject({ code: 'mail.unreachable' })
  })

  test('a rename that fails while the mail is still a draft says that nothing was sent', async () => {
    await open().createDraft(MAIL, never())
    await rm(join(folder, 'sent'), { recursive: true })
    const sending = open().sendDraft(MAIL.key, MAIL, () => true, never())

    await expect(sending).rejects.toMatchObject({ code: 'mail.unreachable', details: { reason: 'folder' } })
    expect((await open().findDraft(MAIL.key, null, never())).fate).toBe('draft')
  })
})

test.each(['../outside', 'a/b', 'a\\b', 'CON', 'lpt1', 'a.b', '', 'x'.repeat(65), 'a\0b'])(
  'the key %j names no file',
  async (key) => {
    const mail = outgoingMail({ key })
    await expect(open().createDraft(mail, never())).rejects.toMatchObject({ code: 'mail.invalid' })
    await expect(open().findDraft(key, null, never())).rejects.toMatchObject({ code: 'mail.invalid' })
    await expect(open().deleteDraft(key, never())).rejects.toMatchObject({ code: 'mail.invalid' })
    await expect(access(join(folder, '..', 'outside.eml'))).rejects.toThrow()
  },
)

describe('what was "sent" can be read', () => {
  test('newest first by the Date header, page by page', async () => {
    for (const hour of [2, 0, 3, 1]) {
      await send(outgoingMail({ key: `key${hour}`, date: MAIL.date + hour * 3_600_000, subject: `Hour ${hour}` }))
    }
    const page = await listPracticeMail(folder, { offset: 1, limit: 2 })

    expect(page.total).toBe(4)
    expect(page.rows.map(({ subject, sentAt }) => [subject, sentAt])).toEqual([
      ['Hour 2', MAIL.date + 2 * 3_600_000],
      ['Hour 1', MAIL.date + 3_600_000],
    ])
  })

  test('each mail shows what its recipient would see', async () => {
    const mail = outgoingMail({ subject: 'Grüße 👋', text: 'Hallo Ann,\n\nGrüße', html: '<p>Grüße</p>' })
    await send(mail)
    const { rows } = await listPracticeMail(folder, { offset: 0, limit: 10 })

    expect(rows).toMatchObject([
      { key: MAIL.key, sendId: null, sentAt: MAIL.date, to: 'ann@corp.example', subject: 'Grüße 👋' },
    ])
    expect(rows[0]?.text.trimEnd()).toBe('Hallo Ann,\n\nGrüße')
    expect(rows[0]?.html?.trimEnd()).toBe('<p>Grüße</p>')
    expect(rows[0]?.fileName).toBe(`${MAIL.key}.eml`)
  })

  test('a stretch of the past holds what was sent in it', async () => {
    await send(MAIL)
    const { reader } = open()
    const between = async (since: number, before: number) => reader?.sentBetween({ since, before }, 10, never())
    expect(await between(MAIL.date, MAIL.date + 1)).toMatchObject([{ key: MAIL.key, to: ['ann@corp.example'] }])
    expect(await between(0, MAIL.date)).toEqual([])
  })

  test('drafts, unfinished files and strangers do not count', async () => {
    await send(MAIL)
    await open().createDraft(outgoingMail({ key: 'waiting' }), never())
    await writeFile(join(folder, 'sent', '.DS_Store'), 'x')
    await writeFile(join(folder, 'sent', 'copy of a mail.eml'), 'x')

    expect((await listPracticeMail(folder, { offset: 0, limit: 10 })).total).toBe(1)
  })

  test('a folder that is not there yet is empty', async () => {
    expect(await listPracticeMail(join(folder, 'nowhere'), { offset: 0, limit: 10 })).toEqual({ rows: [], total: 0 })
  })
})
