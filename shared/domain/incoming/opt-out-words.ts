/** How people ask not to be written to again; words as `wordsOf` gives them: lower case, no accents, no apostrophes. */
import type { Language } from './incoming-mail.ts'

export interface OptOutWords {
  readonly language: Language
  /** An opt-out when it is all that is said. */
  readonly whole: readonly string[]
  /** An opt-out wherever it stands in a short mail. */
  readonly inside: readonly string[]
}

export const OPT_OUT_WORDS: readonly OptOutWords[] = [
  {
    language: 'en',
    whole: [
      'stop',
      'stop it',
      'stop this',
      'stop now',
      'remove',
      'opt out',
      'optout',
      'no more',
      'never again',
      'unsubscribed',
    ],
    inside: phrases(`
      unsubscribe | un subscribe | opt me out | opt out of | want to opt out | like to opt out | opting out
      stop emailing | stop e mailing | stop mailing | stop sending | stop contacting | stop writing | stop messaging
      stop spamming | stop these emails | stop the emails | stop all emails | stop bothering
      remove me | remove us | remove my | remove this address | remove this email | remove our | take me off | take us off
      delete me | delete my address | delete my email | delete my data | delete my details | delete my contact
      do not contact | dont contact | do not email | dont email | do not mail me | dont mail me | do not write me | do not write to me
      dont write me | dont write to me | do not write again | dont write again | do not write us | dont write us
      do not send me | dont send me | do not send any | dont send any | do not message | dont message
      never contact | never email | never write | no more emails | no more e mails | no more mails | no more messages
      no further emails | no further contact | no further messages | no further communication
      no longer wish to receive | no longer want to receive | no longer wish to be contacted | no longer interested in receiving
      no longer want to be contacted | not wish to receive | not wish to be contacted | not want to be contacted | not want to receive | dont want to receive
      dont wish to receive | not want to hear from | dont want to hear from | not want any more emails | dont want any more emails
      not want your emails | dont want your emails | cease and desist | leave me alone | leave us alone`),
  },
  {
    language: 'de',
    whole: [
      'stopp',
      'abmelden',
      'abmeldung',
      'abbestellen',
      'austragen',
      'loschen',
      'entfernen',
      'nie wieder',
      'keine werbung',
    ],
    inside: phrases(`
      abmelden | abbestellen | mich austragen | uns austragen | tragen sie mich aus | melden sie mich ab
      keine weiteren mails | keine weiteren e mails | keine weiteren emails | keine weiteren nachrichten
      keine mails mehr | keine e mails mehr | keine emails mehr | keine werbung mehr | keine nachrichten mehr
      keine weitere werbung | keine weitere kontaktaufnahme | keinen weiteren kontakt | kein weiterer kontakt
      nicht mehr anschreiben | nicht mehr kontaktieren | nicht mehr schreiben | nicht mehr zusenden | nicht weiter anschreiben
      schreiben sie mir nicht mehr | schreiben sie mir nie wieder | kontaktieren sie mich nicht | nicht mehr von ihnen horen
      aus dem verteiler | aus ihrem verteiler | mich von der liste | mich von ihrer liste | uns von der liste | uns von ihrer liste
      mich aus der liste | mich aus ihrer liste | uns aus der liste | uns aus ihrer liste
      nehmen sie mich aus | loschen sie mich | loschen sie meine | meine daten loschen | meine adresse loschen
      lassen sie mich in ruhe | horen sie auf`),
  },
  {
    language: 'fr',
    whole: ['desabonner', 'desinscrire', 'desabonnement', 'desinscription', 'arretez', 'arreter', 'stop pub'],
    inside: phrases(`
      me desabonner | me desinscrire | desabonnez moi | desinscrivez moi | desabonner | desinscrire
      ne plus recevoir | ne plus me contacter | ne plus mecrire | ne plus menvoyer | ne me contactez plus
      ne mecrivez plus | ne menvoyez plus | plus recevoir vos | cessez de | arretez de
      retirez moi | me retirer de | supprimez moi | supprimez mon adresse | supprimez mes | supprimer mon adresse
      enlevez moi | rayez moi | laissez moi tranquille`),
  },
  {
    language: 'es',
    whole: ['baja', 'darme de baja', 'dar de baja', 'cancelar suscripcion', 'basta'],
    inside: phrases(`
      darme de baja | darnos de baja | deme de baja | denme de baja | dame de baja | cancelar mi suscripcion
      no me escriba | no me escriban | no me contacte | no me contacten | no me envie | no me envien | no me mande
      no deseo recibir | no quiero recibir | no mas correos | no mas mensajes | no mas emails
      dejen de | deje de enviar | deje de escribir | elimineme | eliminenme | eliminar mis datos | borrar mis datos
      quiteme de | quitenme de | saqueme de | saquenme de | borreme de | no vuelva a escribir | no vuelva a contactar`),
  },
  {
    language: 'nl',
    whole: ['uitschrijven', 'afmelden', 'uitschrijving', 'afmelding', 'stoppen'],
    inside: phrases(`
      uitschrijven | afmelden | schrijf mij uit | schrijf me uit | meld mij af | meld me af
      geen mails meer | geen e mails meer | geen emails meer | geen berichten meer | geen mail meer
      niet meer mailen | niet meer benaderen | niet meer contacteren | niet meer schrijven | mail mij niet meer
      haal mij van | haal me van | mij uit uw bestand | me uit uw bestand | verwijder mij | verwijder me | verwijder mijn
      laat me met rust | stop met mailen | stop met sturen`),
  },
  {
    language: 'it',
    whole: ['cancellami', 'cancellatemi', 'cancellazione', 'disiscrivimi', 'disiscrizione', 'rimuovimi', 'basta'],
    inside: phrases(`
      disiscrivermi | disiscrivetemi | disiscrivimi | annullare liscrizione | cancellarmi | cancellatemi | mi cancelli
      rimuovetemi | rimuovermi | mi rimuova | rimuovere il mio | cancellare i miei dati | eliminare i miei dati
      non scrivetemi | non mi scriva | non scrivermi | non contattatemi | non mi contatti | non contattarmi
      non desidero ricevere | non voglio ricevere | non inviatemi | non mi invii | niente piu email | basta email
      toglietemi | toglimi | mi tolga | smettetela di | smetta di`),
  },
]

/** Refusals that are no opt-out, but close to one when they are all that is said. */
export const REFUSALS: readonly string[] = phrases(`
  not interested | no interest | no thanks | no thank you | kein interesse | nicht interessiert | nein danke
  pas interesse | pas interessee | non merci | no me interesa | no estoy interesado | no gracias
  geen interesse | geen belangstelling | nee bedankt | non sono interessato | non mi interessa | no grazie`)

/** Right before a phrase they say the opposite of it: "I will not unsubscribe". */
export const OPPOSITES: ReadonlySet<string> = new Set(
  `not dont wont wouldnt never cant cannot didnt doesnt isnt without no
  nicht nie kein keine ohne pas jamais sans non nunca sin niet nooit geen zonder mai senza`.split(/\s+/),
)

/** They narrow a request of the same language down to something smaller: "do not contact me before Monday", "… by phone". */
export const NARROWING: Readonly<Record<Language, ReadonlySet<string>>> = {
  en: words(`before until till but except instead today tomorrow monday tuesday wednesday thursday friday week month
    phone call calling telephone cc thread attachment attachments if unless`),
  de: words(`bevor vor bis aber ausser sondern heute morgen montag dienstag mittwoch donnerstag freitag woche monat
    telefon telefonisch anruf wenn falls`),
  fr: words('avant jusqua jusquau mais sauf aujourdhui demain lundi mardi jeudi vendredi semaine mois telephone si'),
  es: words('antes hasta pero salvo hoy lunes martes jueves viernes semana mes telefono llamar si'),
  nl: words('voor tot maar behalve vandaag morgen maandag dinsdag vrijdag week maand telefoon telefonisch als'),
  it: words('prima fino ma tranne oggi domani lunedi venerdi settimana mese telefono se'),
}

/** Greetings and thanks: a mail says the same without them. */
export const COURTESIES: ReadonlySet<string> = new Set(
  `please pls plz thanks thank you thx ty hi hello dear kindly regards sorry yes
  bitte danke vielen dank hallo guten tag mfg gruss grusse ja
  merci svp bonjour cordialement beaucoup sil vous te plait
  por favor gracias hola saludos
  alsjeblieft alstublieft aub bedankt dank groet
  per favore grazie ciao buongiorno saluti prego`.split(/\s+/),
)

function phrases(text: string): string[] {
  return text.split(/[|\n]/).flatMap((phrase) => (phrase.trim() === '' ? [] : [phrase.trim()]))
}

function words(text: string): ReadonlySet<string> {
  return new Set(text.split(/\s+/))
}
