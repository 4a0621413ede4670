import { expect, test } from 'vitest'
import { MOST_FILES } from '#shared/domain/attachments'
import { refusalOf } from '../../renderer/features/templates/file-refusal.ts'
import { EMPTY_DRAFT, isSameDraft } from '../../renderer/features/templates/use-draft.ts'

const held = (count: number, sizeBytes = 1_000) =>
  Array.from({ length: count }, (_, at) => ({ hash: `${at}`.padStart(64, '0'), name: `${at}.pdf`, sizeBytes }))

test.each([
  ['a program', { name: 'Setup.EXE', size: 5 }, [], 'attachment.blocked'],
  ['an empty file', { name: 'a.pdf', size: 0 }, [], 'attachment.empty'],
  ['one too many', { name: 'a.pdf', size: 5 }, held(MOST_FILES), 'attachment.too_many'],
  ['too much by itself', { name: 'a.mp4', size: 25_000_001 }, [], 'attachment.too_large'],
  ['too much with the others', { name: 'a.mp4', size: 5_000_001 }, held(2, 10_000_000), 'attachment.too_large'],
])('%s is refused before it is sent anywhere', (_title, file, others, code) => {
  expect(refusalOf(file, others)).toMatchObject({ code })
})

test.each([
  [{ name: 'a.pdf', size: 25_000_000 }, []],
  [{ name: 'a.pdf', size: 5_000_000 }, held(2, 10_000_000)],
  [{ name: 'a.pdf', size: 1 }, held(MOST_FILES - 1)],
])('%o is taken', (file, others) => {
  expect(refusalOf(file, others)).toBeNull()
})

test('a draft with another file, another name or another order of files is another draft', () => {
  const [one, two] = held(2)
  if (one === undefined || two === undefined) throw new Error('two files')
  const draft = (...attachments: (typeof one)[]) => ({ ...EMPTY_DRAFT, attachments })

  expect(isSameDraft(draft(one, two), draft({ ...one }, { ...two }))).toBe(true)
  for (const other of [draft(), draft(one), draft(two, one), draft(one, { ...two, name: 'b.pdf' })]) {
    expect(isSameDraft(draft(one, two), other)).toBe(false)
  }
})
