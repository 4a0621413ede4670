/**
 * May this address be handed to the system, to be opened in the rep's browser? Whatever else a system opens, from a share
 * to a program, it would open too. Plain `http:` only on this machine, where the sign-in of a test may live.
 */
export function isWebPage(address: string): boolean {
  const url = URL.parse(address)
  if (url === null || url.username !== '' || url.password !== '') return false
  return url.protocol === 'https:' || (url.protocol === 'http:' && url.hostname === '127.0.0.1')
}
