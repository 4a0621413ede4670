import { useRef, useState } from 'react'
import type { AttachedFile, TemplateContent } from '#shared/contract/templates'
import { useApi, useCall } from '../../api/hooks.ts'
import { testMailText } from '../../ui/test-mail-text.ts'

/** Sends a test mail and says how it goes on; a second click while the first is being answered is the same request. */
export function useSendToMyself(mailboxId: number | null) {
  const call = useCall('readiness.sendTest')
  const key = useRef<string | null>(null)
  const [sentId, setSentId] = useState<number | null>(null)
  const { data } = useApi(
    'readiness.get',
    { mailboxId: mailboxId ?? 1 },
    { enabled: mailboxId !== null && sentId !== null },
  )
  const newest = data?.testMail?.id === sentId ? data?.testMail : null

  function send(what: { content: TemplateContent; leadId: number | null; files: readonly AttachedFile[] }): void {
    if (mailboxId === null) return
    key.current ??= window.crypto.randomUUID()
    const { files, ...mail } = what
    const attachments = files.map(({ hash, name }) => ({ hash, name }))
    call.mutate(
      { ...mail, attachments, mailboxId, requestKey: key.current },
      { onSuccess: ({ id }) => setSentId(id), onSettled: () => (key.current = null) },
    )
  }

  return { send, isPending: call.isPending, outcome: newest ? testMailText(newest) : null }
}
