/** The servers of well-known providers, from their own help pages. Data only. */
import type { ImapServer, SmtpServer } from './use-mailboxes.ts'

export interface MailServers {
  readonly smtp: Omit<SmtpServer, 'user'>
  readonly imap: ImapServer
}

export interface KnownProvider extends MailServers {
  readonly name: string
  /** Domains of its addresses; none where its customers bring their own. */
  readonly domains: readonly string[]
  /**
   * `app`: wants a password made for one program · `own`: the mailbox's own · `switch`: its own, once other programs are
   * let in · `none`: takes none any more.
   */
  readonly password: 'app' | 'own' | 'switch' | 'none'
  /** The sign-in in the browser that works better. */
  readonly better: 'gmail' | 'outlook' | null
}

export const KNOWN_PROVIDERS: readonly KnownProvider[] = [
  known('Gmail', 'gmail.com googlemail.com', { smtp: 'smtp.gmail.com', imap: 'imap.gmail.com', better: 'gmail' }),
  known(
    'Outlook',
    'outlook.com outlook.de outlook.fr hotmail.com hotmail.de hotmail.fr hotmail.co.uk live.com live.de live.co.uk msn.com',
    { smtp: 'smtp-mail.outlook.com:587', imap: 'outlook.office365.com', password: 'none', better: 'outlook' },
  ),
  known('iCloud', 'icloud.com me.com mac.com', { smtp: 'smtp.mail.me.com:587', imap: 'imap.mail.me.com' }),
  known('Yahoo', 'yahoo.com yahoo.de yahoo.fr yahoo.it yahoo.es yahoo.co.uk ymail.com rocketmail.com', {
    smtp: 'smtp.mail.yahoo.com',
    imap: 'imap.mail.yahoo.com',
  }),
  known('AOL', 'aol.com aol.de', { smtp: 'smtp.aol.com', imap: 'imap.aol.com' }),
  known('Fastmail', 'fastmail.com fastmail.fm fastmail.net', { smtp: 'smtp.fastmail.com', imap: 'imap.fastmail.com' }),
  known('GMX', 'gmx.de gmx.net gmx.at gmx.ch', {
    smtp: 'mail.gmx.net:587',
    imap: 'imap.gmx.net',
    password: 'switch',
  }),
  known('GMX (international)', 'gmx.com gmx.us gmx.co.uk', {
    smtp: 'mail.gmx.com:587',
    imap: 'imap.gmx.com',
    password: 'switch',
  }),
  known('WEB.DE', 'web.de', { smtp: 'smtp.web.de:587', imap: 'imap.web.de', password: 'switch' }),
  known('T-Online', 't-online.de magenta.de', { smtp: 'securesmtp.t-online.de', imap: 'secureimap.t-online.de' }),
  known('freenet', 'freenet.de', { smtp: 'mx.freenet.de:587', imap: 'mx.freenet.de', password: 'own' }),
  known('mailbox.org', 'mailbox.org', { smtp: 'smtp.mailbox.org', imap: 'imap.mailbox.org', password: 'own' }),
  known('Posteo', 'posteo.de posteo.net', { smtp: 'posteo.de', imap: 'posteo.de', password: 'own' }),
  known('Zoho', 'zoho.com zohomail.com', { smtp: 'smtp.zoho.com', imap: 'imap.zoho.com' }),
  known('Zoho (Europe)', 'zoho.eu zohomail.eu', { smtp: 'smtp.zoho.eu', imap: 'imap.zoho.eu' }),
  known('Orange', 'orange.fr wanadoo.fr', { smtp: 'smtp.orange.fr', imap: 'imap.orange.fr', password: 'own' }),
  known('Free', 'free.fr', { smtp: 'smtp.free.fr', imap: 'imap.free.fr', password: 'own' }),
  known('La Poste', 'laposte.net', { smtp: 'smtp.laposte.net', imap: 'imap.laposte.net', password: 'own' }),
  known('Libero', 'libero.it', { smtp: 'smtp.libero.it', imap: 'imapmail.libero.it' }),
  known('Bluewin', 'bluewin.ch', { smtp: 'smtpauths.bluewin.ch', imap: 'imaps.bluewin.ch', password: 'own' }),
  known('IONOS (Germany)', 'online.de', { smtp: 'smtp.ionos.de', imap: 'imap.ionos.de', password: 'own' }),
  known('IONOS', '', { smtp: 'smtp.ionos.com', imap: 'imap.ionos.com', password: 'own' }),
  known('STRATO', '', { smtp: 'smtp.strato.de', imap: 'imap.strato.de', password: 'own' }),
  known('OVHcloud', '', { smtp: 'ssl0.ovh.net', imap: 'ssl0.ovh.net', password: 'own' }),
  known('Hetzner', '', { smtp: 'mail.your-server.de', imap: 'mail.your-server.de', password: 'own' }),
  known('Gandi', '', { smtp: 'mail.gandi.net', imap: 'mail.gandi.net', password: 'own' }),
  known('Infomaniak', 'ik.me', { smtp: 'mail.infomaniak.com', imap: 'mail.infomaniak.com' }),
  known('Hostinger', '', { smtp: 'smtp.hostinger.com', imap: 'imap.hostinger.com', password: 'own' }),
  known('Namecheap', '', { smtp: 'mail.privateemail.com', imap: 'mail.privateemail.com', password: 'own' }),
  known('Rackspace', '', { smtp: 'secure.emailsrvr.com', imap: 'secure.emailsrvr.com', password: 'own' }),
  known('Aruba', '', { smtp: 'smtps.aruba.it', imap: 'imaps.aruba.it', password: 'own' }),
]

interface Facts {
  /** A host for TLS on 465, or `host:587` for STARTTLS. */
  readonly smtp: string
  /** A host for TLS on 993. */
  readonly imap: string
  readonly password?: KnownProvider['password']
  readonly better?: KnownProvider['better']
}

function known(name: string, domains: string, { smtp, imap, password = 'app', better = null }: Facts): KnownProvider {
  return {
    name,
    domains: domains.split(' ').filter((domain) => domain !== ''),
    smtp: smtp.endsWith(':587')
      ? { host: smtp.slice(0, -4), port: 587, security: 'starttls' }
      : { host: smtp, port: 465, security: 'tls' },
    imap: { host: imap, port: 993, security: 'tls' },
    password,
    better,
  }
}
