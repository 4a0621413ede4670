import type { PacemailHandlers } from '#shared/contract/index'
import type { Uploads } from '../engine/uploads.ts'

export function createFilesApi(uploads: Uploads): PacemailHandlers['files'] {
  return {
    begin: (file) => uploads.begin(file),
    append: (piece) => uploads.append(piece),
    discard({ uploadId }) {
      uploads.discard(uploadId)
      return {}
    },
  }
}
