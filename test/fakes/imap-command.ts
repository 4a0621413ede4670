/** Reading IMAP commands (RFC 3501 §9): atoms, quoted strings, literals and lists. */

export type ImapWord = string | ImapWord[]

export interface ImapCommand {
  readonly tag: string
  /** Upper case, with its "UID " where it has one. */
  readonly verb: string
  readonly words: readonly ImapWord[]
}

/** Takes bytes and gives whole commands; asks for a literal with `goAhead`. */
export function createCommandReader(goAhead: () => void): (bytes: Buffer) => string[] {
  let waiting = ''
  let asked = 0
  return (bytes) => {
    waiting += bytes.toString('latin1')
    const commands: string[] = []
    for (let end = endOf(waiting); end !== null; end = endOf(waiting)) {
      if (end.literal !== null) {
        if (end.literal.isSynchronous && end.at > asked) goAhead()
        asked = Math.max(asked, end.at)
        break
      }
      commands.push(waiting.slice(0, end.at))
      waiting = waiting.slice(end.at + 2)
      asked = 0
    }
    return commands
  }
}

interface CommandEnd {
  readonly at: number
  /** It ends for now in a literal that has not come. */
  readonly literal: { readonly isSynchronous: boolean } | null
}

function endOf(text: string): CommandEnd | null {
  let from = 0
  for (;;) {
    const at = text.indexOf('\r\n', from)
    if (at < 0) return null
    const literal = /\{(\d+)(\+?)\}$/.exec(text.slice(from, at))
    if (literal === null) return { at, literal: null }
    from = at + 2 + Number(literal[1])
    if (text.length < from) return { at, literal: { isSynchronous: literal[2] === '' } }
  }
}

export function parseCommand(text: string): ImapCommand {
  const [tag = '', first = '', ...rest] = wordsIn(text)
  const isUid = String(first).toUpperCase() === 'UID'
  const verb = isUid ? `UID ${String(rest[0])}` : String(first)
  return { tag: String(tag), verb: verb.toUpperCase(), words: isUid ? rest.slice(1) : rest }
}

/** Atoms keep their brackets: `BODY.PEEK[HEADER.FIELDS (A B)]<0.10>` is one word. */
const WORD = /^(?:\{(\d+)\+?\}\r\n|"((?:[^"\\]|\\.)*)"|([()])|((?:[^\s()[\]"]|\[[^\]]*\])+)|\s+)/

function wordsIn(text: string): ImapWord[] {
  const lists: ImapWord[][] = [[]]
  let rest = text
  while (rest !== '') {
    const match = WORD.exec(rest)
    if (match === null) throw new Error(`cannot read: ${rest.slice(0, 40)}`)
    const [all, literal, quoted, paren, atom] = match
    rest = rest.slice(all.length)
    const list = lists.at(-1) ?? []
    if (literal !== undefined) {
      list.push(rest.slice(0, Number(literal)))
      rest = rest.slice(Number(literal))
    } else if (quoted !== undefined) list.push(quoted.replace(/\\(.)/g, '$1'))
    else if (atom !== undefined) list.push(atom)
    else if (paren === '(') {
      const inner: ImapWord[] = []
      list.push(inner)
      lists.push(inner)
    } else if (paren === ')') lists.pop()
  }
  return lists[0] ?? []
}
