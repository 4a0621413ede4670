/**
 * Two spellings of one company have one key: case, accents, signs and the legal form at the end do not count. A key to
 * compare with, never a name to show.
 */

const FORMS = new Set(
  `ab ag aps as asa bv bvba co company corp corporation cv doo eg ek eu ev gbr gesmbh ggmbh gmbh group gruppe holding
  holdings inc incorporated kft kg kgaa llc llp lp ltd limited mbh nv og ohg oo oy oyj plc pte pty sa sarl sas sasu se sl slu
  sp spa spzoo srl srls sro ug vof z zoo`.split(/\s+/),
)

/** Empty for a name without letters and digits. */
export function companyKey(name: string): string {
  const words = name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replaceAll('ß', 'ss')
    .toLowerCase()
    // GmbH & Co. KG, S.A., sp. z o.o.: the dots join what they divide.
    .replace(/\.(?=\p{L}\b)/gu, '')
    .replace(/&/g, ' ')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '' && word !== 'and' && word !== 'und')
  const first = words[0] === 'the' && words.length > 1 ? 1 : 0
  let end = words.length
  while (end > first + 1 && FORMS.has(words[end - 1] ?? '')) end--
  return words.slice(first, end).join(' ')
}
