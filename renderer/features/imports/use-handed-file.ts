import { useNavigate, useSearch } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useDroppedFile } from '../../ui/dropped-file.ts'
import { showNote } from '../../ui/note.ts'
import type { ImportWizard } from './use-import.ts'

/** A file that was dropped on the window or opened with the app begins the import, unless one is under way. */
export function useHandedFile(wizard: ImportWizard): void {
  const { file, take } = useDroppedFile()
  const { upload: uploadId, refused } = useSearch({ from: '/leads/import' })
  const navigate = useNavigate({ from: '/leads/import' })
  const isHanded = file !== null || uploadId !== undefined || refused !== undefined
  useEffect(() => {
    if (!isHanded || wizard.isLoading) return
    const { upload, state } = wizard
    if (file !== null) take()
    else void navigate({ search: ({ upload: _upload, refused: _refused, ...rest }) => rest, replace: true })
    if (upload.file !== null || (state !== null && !hasEnded(state.stage))) {
      showNote('An import is under way, and goes on. Finish or cancel it, then bring the other file again.')
      return
    }
    wizard.restart()
    if (file !== null) void upload.start(file)
    else if (uploadId !== undefined) void upload.open(uploadId)
    else if (refused !== undefined) upload.refuse(refused)
  }, [isHanded, file, uploadId, refused, wizard, take, navigate])
}

function hasEnded(stage: NonNullable<ImportWizard['state']>['stage']): boolean {
  return stage === 'saved' || stage === 'failed' || stage === 'cancelled'
}
