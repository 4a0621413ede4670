/** The addresses in a field with one on each line; commas and semicolons part them as well. */
export function ownAddressesIn(text: string): string[] {
  return text
    .split(/[\n,;]+/)
    .map((address) => address.trim())
    .filter((address) => address !== '')
}
