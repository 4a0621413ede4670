/** The large providers of free mail: a shared domain says nothing about a shared company there, and a person stands behind it. */
const FREE_MAIL = new Set(
  `aol.com bluewin.ch bt.com btinternet.com free.fr freenet.de fastmail.com gmail.com gmx.at gmx.ch gmx.com gmx.de gmx.net
  googlemail.com hey.com hotmail.co.uk hotmail.com hotmail.de hotmail.fr hotmail.it icloud.com laposte.net libero.it
  live.co.uk live.com live.de mac.com mail.com mail.ru mailbox.org me.com msn.com naver.com o2.pl orange.fr outlook.com
  outlook.de outlook.fr posteo.de proton.me protonmail.com qq.com rogers.com sfr.fr shaw.ca sympatico.ca t-online.de telus.net tutanota.com
  virgilio.it wanadoo.fr web.de wp.pl yahoo.ca yahoo.co.uk yahoo.com yahoo.de yahoo.es yahoo.fr yahoo.it yandex.ru
  ymail.com zoho.com`.split(/\s+/),
)

/** Does this domain give addresses to anybody? */
export function isFreeMail(domain: string): boolean {
  return FREE_MAIL.has(domain)
}
