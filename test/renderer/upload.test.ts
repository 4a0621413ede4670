import { describe, expect, test } from 'vitest'
import type { UploadId } from '#shared/domain/ids'
import { uploadFile, type UploadCalls } from '../../renderer/api/upload.ts'

const FILE = new File(['abcdefgh'], 'leads.csv')

/** An engine that takes three bytes a piece and remembers what it was told. */
function receiver(onPiece: (index: number) => void = () => {}) {
  const pieces: string[] = []
  const discarded: UploadId[] = []
  const calls: UploadCalls = {
    begin: () => Promise.resolve({ uploadId: 'up' as UploadId, pieceBytes: 3 }),
    async append({ index, data }) {
      onPiece(index)
      pieces.push(Buffer.from(data, 'base64').toString())
    },
    async discard(uploadId) {
      discarded.push(uploadId)
    },
  }
  return { calls, pieces, discarded }
}

describe('sending a file to the engine', () => {
  test('it goes piece by piece, whole and in order', async () => {
    const engine = receiver()
    const sent: number[] = []
    const watch = { signal: new AbortController().signal, onSent: (bytes: number) => sent.push(bytes) }
    expect(await uploadFile(FILE, engine.calls, watch)).toBe('up')
    expect(engine.pieces).toEqual(['abc', 'def', 'gh'])
    expect(sent).toEqual([3, 6, 8])
    expect(engine.discarded).toEqual([])
  })

  test('the rep can stop it; the engine forgets the pieces', async () => {
    const stop = new AbortController()
    const engine = receiver((index) => {
      if (index === 1) stop.abort()
    })
    expect(await uploadFile(FILE, engine.calls, { signal: stop.signal, onSent: () => {} })).toBeNull()
    expect(engine.pieces).toEqual(['abc', 'def'])
    expect(engine.discarded).toEqual(['up'])
  })

  test('a failure is told, and the pieces are given up', async () => {
    const engine = receiver((index) => {
      if (index === 1) throw new Error('disk full')
    })
    const watch = { signal: new AbortController().signal, onSent: () => {} }
    await expect(uploadFile(FILE, engine.calls, watch)).rejects.toThrow('disk full')
    expect(engine.discarded).toEqual(['up'])
  })
})
