import { useState } from 'react'
import { useApi, useCallOnce } from '../../api/hooks.ts'
import { saveBytes } from '../../ui/save-text.ts'

export function useTables() {
  return useApi('exports.tables', {})
}

export interface DataExport {
  /** 0–1 while the file is on its way; null: none is. */
  readonly progress: number | null
  /** Null: everything. Throws what the host says; nothing is saved then. */
  readonly save: (table: string | null) => Promise<void>
}

/** Has the file made, fetches it in pieces and hands it to the browser. */
export function useDataExport(): DataExport {
  const call = useCallOnce()
  const [progress, setProgress] = useState<number | null>(null)
  return {
    progress,
    async save(table) {
      setProgress(0)
      try {
        const { exportId, fileName, sizeBytes, pieceBytes } = await call('exports.make', { table })
        const pieces: Uint8Array<ArrayBuffer>[] = []
        for (let index = 0; index * pieceBytes < sizeBytes; index += 1) {
          pieces.push(bytesOf((await call('exports.read', { exportId, index })).data))
          setProgress(Math.min(1, ((index + 1) * pieceBytes) / sizeBytes))
        }
        saveBytes(fileName, pieces)
        await call('exports.discard', { exportId })
      } finally {
        setProgress(null)
      }
    },
  }
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (sign) => sign.codePointAt(0) ?? 0)
}
