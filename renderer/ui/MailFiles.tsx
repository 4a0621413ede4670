import { Paperclip } from 'lucide-react'
import { formatBytes } from './format.ts'
import styles from './MailFiles.module.css'

interface Props {
  readonly files: readonly { readonly name: string; readonly sizeBytes: number }[]
}

/** The files that a mail carries, as its reader sees them. */
export function MailFiles({ files }: Props) {
  if (files.length === 0) return null
  return (
    <ul className={styles['files']} aria-label="Attached files">
      {files.map(({ name, sizeBytes }, at) => (
        // Two files may have one name, and none of them moves.
        <li key={at}>
          <Paperclip size={14} aria-hidden />
          <span className={styles['name']} title={name}>
            {name}
          </span>
          <span className={styles['size']}>{formatBytes(sizeBytes)}</span>
        </li>
      ))}
    </ul>
  )
}
