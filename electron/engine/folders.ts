import { join } from 'node:path'

/** The folder of all practice mailboxes. */
export function practiceFolders(dataFolder: string): string {
  return join(dataFolder, 'practice')
}

/** Where a practice mailbox writes its mail. */
export function practiceFolder(dataFolder: string, mailboxId: number): string {
  return join(practiceFolders(dataFolder), String(mailboxId))
}
