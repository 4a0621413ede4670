import { Alert } from '@mantine/core'
import { KeyRound } from 'lucide-react'
import { useApi } from '../../api/hooks.ts'
import { safekeepingWarning } from '../../ui/safekeeping-words.ts'

interface Props {
  /** What is given here: a password, or leave to use the mailbox. */
  readonly of: 'password' | 'access'
}

/** Said before a secret is given, where this system keeps it worse than a keychain would; else nothing. */
export function SafekeepingNote({ of }: Props) {
  const { data } = useApi('app.status', {})
  const text = data === undefined ? null : safekeepingWarning(data.secrets, of)
  if (text === null) return null
  return (
    <Alert role="note" color="yellow" variant="light" p="sm" icon={<KeyRound size={18} aria-hidden />}>
      {text}
    </Alert>
  )
}
