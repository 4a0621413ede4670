/** More lines and longer lines than a person writes; a bound for the work on hostile text. */
const MOST_LINES = 5_000
const MOST_LINE_CHARACTERS = 2_000
const MOST_CHARACTERS = 10_000
/** An attribution ("On … wrote:") may be wrapped over so many lines. */
const ATTRIBUTION_LINES = 4

/**
 * What the sender of a mail wrote: without the quoted mail below, above or between, without signature and the footers of
 * phones. Line by line, so that ten megabytes of ">" are as quick as ten megabytes of anything else.
 */
export function newTextOf(text: string): string {
  const lines = text
    .split(/\r\n|\r|\n/, MOST_LINES)
    .map((line) => line.slice(0, MOST_LINE_CHARACTERS).replaceAll('\u00a0', ' '))
  const own: string[] = []
  for (let at = 0; at < lines.length; at += 1) {
    if (endsHere(lines, at, own)) break
    const attribution = attributionLength(lines, at)
    if (attribution > 0) {
      if (!isQuote(nextText(lines, at + attribution))) break
      at += attribution - 1
      continue
    }
    const line = lines[at] ?? ''
    if (!isQuote(line) && !isPhoneFooter(line)) own.push(line.trimEnd())
  }
  return tidy(own).slice(0, MOST_CHARACTERS)
}

/** From here on nothing is new: signature, "Original Message", Outlook's block of headers, or its line of underscores. */
function endsHere(lines: readonly string[], at: number, own: readonly string[]): boolean {
  const line = lines[at] ?? ''
  if (line === '-- ' || line === '--' || DIVIDER.test(line.trim()) || isHeaderBlock(lines, at)) return true
  return /^\s*_{10,}\s*$/.test(line) && own.some((each) => each.trim() !== '')
}

/** "-----Original Message-----", "-------- Weitergeleitete Nachricht --------". */
const DIVIDER =
  /^[-_*=]{2,40} ?(?:original(?:nachricht)?(?: (?:message|appointment|e-?mail))?|ursprüngliche (?:nachricht|e-?mail)|weitergeleitete nachricht|forwarded message|message d['’]origine|message (?:original|transféré|reenviado)|mensaje original|oorspronkelijk bericht|doorgestuurd bericht|messaggio (?:originale|inoltrato)|begin forwarded message|antwort|reply) ?(?:[-_*=]{2,40}|:)$/i

const FROM_KEY = /^[\s>*]{0,10}(?:from|von|de|da|van|expéditeur|mittente)\s?\*?\s?:/i
const OTHER_KEY =
  /^[\s>*]{0,10}(?:sent|gesendet|envoyé|enviado|verzonden|inviato|date|datum|data|fecha|to|an|à|para|aan|a|cc|subject|betreff|objet|asunto|onderwerp|oggetto)\s?\*?\s?:/i

/** Outlook puts From, Sent, To and Subject of the old mail above it. */
function isHeaderBlock(lines: readonly string[], at: number): boolean {
  if (!FROM_KEY.test(lines[at] ?? '')) return false
  return lines.slice(at + 1, at + 7).filter((line) => OTHER_KEY.test(line)).length >= 2
}

const ATTRIBUTIONS: readonly (readonly [start: RegExp, whole: RegExp])[] = [
  [/^on\b/i, /\bwrote:$/i],
  [/^am\b/i, /\bschrieb\b.*:$/i],
  [/^le\b/i, /\ba écrit ?:$/i],
  [/^el\b/i, /\bescribi[óo]:$/i],
  [/^op\b/i, /\b(?:schreef|geschreven)\b.*:$/i],
  [/^il\b/i, /\bha scritto ?:$/i],
  [/^em\b/i, /\bescreveu:$/i],
  [/^den\b/i, /\b(?:skrev|skrifter)\b.*:$/i],
]
/** With the name first it might be a sentence of the mail: it counts where a quote follows. */
const NAME_FIRST =
  /^.{1,200}\b(?:wrote|schrieb(?: am .{1,80})?|a écrit|escribió|schreef(?: op .{1,80})?|ha scritto) ?:$/i

/** How many lines from here introduce a quote; 0: none. */
function attributionLength(lines: readonly string[], at: number): number {
  const first = (lines[at] ?? '').trim()
  const form = ATTRIBUTIONS.find(([start]) => start.test(first))
  const length = form === undefined ? 0 : wrappedLength(lines.slice(at, at + ATTRIBUTION_LINES), form[1])
  if (length > 0) return length
  return NAME_FIRST.test(first.slice(0, 400)) && isQuote(nextText(lines, at + 1)) ? 1 : 0
}

/** Every attribution holds a date or an address; "On Monday you wrote:" is a sentence. */
function wrappedLength(lines: readonly string[], whole: RegExp): number {
  const gap = lines.findIndex((line) => line.trim() === '')
  const block = lines.slice(0, gap < 0 ? lines.length : gap).map((line) => line.trim().slice(0, 300))
  for (const index of block.keys()) {
    const joined = block.slice(0, index + 1).join(' ')
    if (/\d|@/.test(joined) && whole.test(joined)) return index + 1
  }
  return 0
}

function isQuote(line: string): boolean {
  return /^\s{0,3}>/.test(line)
}

/** The next line with something in it, at most a few lines on. */
function nextText(lines: readonly string[], from: number): string {
  return lines.slice(from, from + 4).find((line) => line.trim() !== '') ?? ''
}

const PHONE_FOOTER =
  /^(?:sent (?:from|with|using|via) (?:my|the|outlook|mail|gmail|proton|yahoo|samsung|iphone|ipad)\b.{0,60}|get outlook for .{1,40}|(?:von meinem .{1,30} gesendet|gesendet (?:von|mit|aus)\b.{1,60})|outlook für .{1,20}|(?:envoyé (?:de|depuis|à partir de)\b.{1,60})|enviado desde\b.{1,60}|verstuurd vanaf\b.{1,60}|inviato da\b.{1,60})\.?$/i

function isPhoneFooter(line: string): boolean {
  return PHONE_FOOTER.test(line.trim().slice(0, 200))
}

/** Without empty lines around it, and without lines that were only drawn above the quote. */
function tidy(lines: readonly string[]): string {
  const isNothing = (line: string): boolean => /^[\s\-_*=]*$/.test(line)
  const first = lines.findIndex((line) => !isNothing(line))
  const last = lines.findLastIndex((line) => !isNothing(line))
  return first < 0 ? '' : lines.slice(first, last + 1).join('\n')
}
