/** How a bounce is told, by its severity. */
export const BOUNCES: Readonly<Record<string, string>> = {
  hard: ': the address does not exist',
  soft: ': their mailbox is full or slow',
  blocked: ': their server refuses your mail',
}
