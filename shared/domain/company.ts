/** Which company an address belongs to. */

/** Domains where a shared domain says nothing about a shared company. */
const FREE_MAIL = new Set(
  `aol.com bluewin.ch free.fr gmail.com gmx.at gmx.ch gmx.com gmx.de gmx.net googlemail.com hotmail.com hotmail.de
  hotmail.fr icloud.com laposte.net libero.it live.com mac.com mail.com me.com msn.com orange.fr outlook.com outlook.de
  outlook.fr proton.me protonmail.com t-online.de wanadoo.fr web.de yahoo.com yahoo.de yahoo.fr ymail.com`.split(/\s+/),
)

/** The company behind an identity; null at a provider of free mail, where everybody shares the domain. */
export function companyOf(identity: string): string | null {
  const domain = identity.slice(identity.lastIndexOf('@') + 1)
  return FREE_MAIL.has(domain) ? null : domain
}
