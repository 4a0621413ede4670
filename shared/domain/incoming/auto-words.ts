/** The words of automatic answers, by language. Patterns read `plainText`: lower case, no accents, single spaces. */
import type { Language } from './incoming-mail.ts'
import { plainText } from './words.ts'

/** How a subject begins that no person writes in an answer. */
const SUBJECTS: readonly (readonly [Language, RegExp])[] = [
  [
    'en',
    /^(?:auto(?:matic|mated)?[ -]?(?:reply|response|answer)|auto:|out[ -]of[ -](?:the )?office|ooo\b|away from (?:the |my )?(?:office|desk)|(?:i am |i'm )?on (?:vacation|holiday|annual leave|parental leave|maternity leave|leave)\b|vacation (?:reply|response|notice|message)|holiday notice)/,
  ],
  [
    'de',
    /^(?:automatische (?:antwort|ruckantwort|e-?mail-?antwort)|abwesen|(?:ich bin )?nicht (?:im (?:buro|haus)|am platz)|ausser haus|urlaub(?:sabwesenheit|snotiz)?(?: bis| vom| -|:|$))/,
  ],
  ['fr', /^(?:reponse automatique|message d'absence|absen(?:ce|t|te)\b|(?:je suis )?(?:absent|en conges?)\b)/],
  ['es', /^(?:respuesta automatica|fuera de (?:la )?oficina|ausen(?:te|cia)\b)/],
  ['nl', /^(?:automatisch(?:e)? (?:antwoord|beantwoording|reactie)|afwezig|niet aanwezig|buiten kantoor)/],
  ['it', /^(?:risposta automatica|fuori (?:sede|ufficio)|assen(?:te|za)\b)/],
]

/** What a person might just write, too. */
const LOOSE_SUBJECTS: readonly (readonly [Language, RegExp])[] = [
  [
    'en',
    /^(?:thank you for (?:contacting|your)|we(?:'ve| have) received|your (?:request|ticket|message|e-?mail|enquiry|inquiry)|\[?(?:ticket|case|request)\b|vacation|holiday|away)/,
  ],
  ['de', /^(?:eingangsbestatigung|(?:vielen )?dank fur ihre|ihre (?:anfrage|nachricht|e-?mail)|\[?ticket\b|urlaub)/],
  ['fr', /^(?:accuse de reception|merci (?:pour|de) votre|votre (?:demande|message|e-?mail)|conges?\b|vacances)/],
  ['es', /^(?:acuse de recibo|gracias por (?:su|tu|contactar)|hemos recibido|vacaciones)/],
  ['nl', /^(?:ontvangstbevestiging|bedankt voor (?:uw|je)|vakantie)/],
  ['it', /^(?:conferma di ricezione|grazie per (?:averci|la)|ferie)/],
]

/** The person is gone, or nobody reads the address any more. Only asked of automatic answers. */
const HAS_LEFT: readonly RegExp[] = [
  /\bno longer (?:works?|working|employed|with|a member|part of|an employee)\b/,
  /\bno longer at (?!my |the (?:office|desk))/,
  /\b(?:has|have|'ve) (?:recently |now )?left (?:the |our |my )?(?:company|organi[sz]ation|firm|business|role|position|team)\b/,
  /\b(?:mailbox|(?:e-?mail )?address|account) is no longer (?:active|in use|used|valid|monitored|read|checked)\b/,
  /\b(?:has|have|'ve) retired\b/,
  /\bnicht (?:mehr|langer) (?:(?:bei|fur|im|in|unter|als|hier|an|am|der|die|das|unser\p{L}*|dem|den)\b.{0,60})?(?:tatig|beschaftigt|angestellt)\b/u,
  /\barbeitet? (?:hier )?(?:nicht mehr|leider nicht mehr)\b/,
  /\b(?:aus (?:dem|unserem) unternehmen ausgeschieden|(?:das|unser) unternehmen (?:.{0,30} )?verlassen|in (?:den|meinem|im) ruhestand)\b/,
  /\b(?:e-?mail-?)?(?:adresse|postfach) (?:ist|wird) nicht mehr (?:aktiv|gultig|genutzt|gelesen|verwendet)\b/,
  /\bne (?:travaill(?:e|ent)|fai(?:t|s|sons)) plus\b/,
  /\b(?:a|ai|ayant) quitte (?:la societe|l'entreprise|le groupe|l'equipe|ses fonctions|mes fonctions|notre)/,
  /\bn'est plus (?:en poste|employe|salarie|dans (?:l'entreprise|la societe))/,
  /\bya no (?:trabaja|trabajo|forma parte)\b/,
  /\bha (?:dejado|abandonado) la (?:empresa|compania)\b/,
  /\bnon (?:lavora|lavoro|fa) piu\b/,
  /\bha lasciato (?:l'azienda|la societa)\b/,
  /\b(?:niet (?:meer|langer) werkzaam|werkt niet (?:meer|langer)|niet meer in dienst)\b/,
]

/** The language of a subject that only a machine writes; null for any other. A reply mark ("Re:") means a person. */
export function autoSubjectLanguage(subject: string): Language | null {
  return languageOf(subject, SUBJECTS)
}

/** The language of a subject that machines like to write, but people may. */
export function looseSubjectLanguage(subject: string): Language | null {
  return languageOf(subject, LOOSE_SUBJECTS)
}

/** Does an automatic answer say that the person has left for good? */
export function hasLeftWords(text: string): boolean {
  const plain = plainText(text)
  return HAS_LEFT.some((pattern) => pattern.test(plain))
}

function languageOf(subject: string, patterns: readonly (readonly [Language, RegExp])[]): Language | null {
  const plain = plainText(subject).replace(/^[[("*]+\s*/, '')
  return patterns.find(([, pattern]) => pattern.test(plain))?.[0] ?? null
}
