import type { MailboxKind } from './taxonomy.ts'

/** Files of one mail. */
export const MOST_FILES = 10

/** All files of one mail together: what the most generous of the mailboxes takes. */
export const MOST_FILES_BYTES = 25_000_000

/**
 * How many bytes of files a mail of this mailbox may carry together, before they are encoded.
 *
 * - Gmail: 25 MB (support.google.com/mail/answer/6584); encoded that is 34.2 MB, below the 35 MiB of its API.
 * - Outlook: 20 MB, what Microsoft allows for Internet accounts such as Outlook.com (support.microsoft.com, "Reduce the size
 *   of pictures and attachments"). Exchange Online allows 35 MB for the whole encoded mail unless an admin chose otherwise
 *   (learn.microsoft.com/graph/api/attachment-createuploadsession), which cannot be asked.
 * - SMTP: what the server announced (SIZE, RFC 1870) for the whole encoded mail; where it announced nothing, 25 MB.
 */
export function mostFilesBytes(mailbox: {
  readonly kind: MailboxKind
  /** What an SMTP server announced for a whole mail; null: nothing. */
  readonly mostMailBytes: number | null
}): number {
  switch (mailbox.kind) {
    case 'outlook':
      return 20_000_000
    case 'smtp': {
      const forFiles = (mailbox.mostMailBytes ?? UNANNOUNCED_BYTES) - TEXT_BYTES
      return Math.min(MOST_FILES_BYTES, Math.max(0, Math.floor(forFiles / ENCODED)))
    }
    default:
      return MOST_FILES_BYTES
  }
}

const UNANNOUNCED_BYTES = 25_000_000
/** Room for headers and both texts. */
const TEXT_BYTES = 500_000
/** Base64 in lines of 76 letters. */
const ENCODED = (4 / 3) * (78 / 76)

/**
 * What Gmail (support.google.com/mail/answer/6590) and Outlook (support.microsoft.com, "Blocked attachments in Outlook")
 * turn away, at the sender's or at the recipient's: programs, scripts, installers, shortcuts, disk images.
 */
const BLOCKED = new Set(
  `ade adp apk app appcontent-ms application appref-ms appx appxbundle asp aspx asx bas bat bgi cab cdxml cer chm cmd cnt com
   cpl crt csh der diagcab diagcfg diagpack diagpkg dll dmg ex ex_ exe fxp gadget grp hlp hpj hta htc img inf ins iso isp its
   jar jnlp js jse ksh lib library-ms lnk mad maf mag mam maq mar mas mat mau mav maw mcf mda mdb mde mdt mdw mdz mht mhtml
   mjs msc msh msh1 msh1xml msh2 msh2xml mshxml msi msix msixbundle msp mst msu nsh ops osd pcd pif pl plg prf prg printerexport
   ps1 ps1xml ps2 ps2xml psc1 psc2 psd1 psdm1 pssc pst py pyc pyo pyw pyz pyzw reg scf scr sct search-ms settingcontent-ms
   shb shs sys theme themepack tmp udl url vb vbe vbp vbs vhd vhdx vsmacros vsw vxd webpnp website wim ws wsb wsc wsf wsh xbap
   xll xnk`.split(/\s+/),
)

/** The type of such a file without its dot, or null where mailboxes take it. */
export function blockedType(fileName: string): string | null {
  const type = typeOf(fileName)
  return BLOCKED.has(type) ? type : null
}

/** Lower case, without the dot; empty where there is none. What Windows drops from the end is not part of it. */
function typeOf(fileName: string): string {
  return /\.([^.]+)$/.exec(fileName.replace(/[. ]+$/, ''))?.[1]?.toLowerCase() ?? ''
}

const MOST_NAME = 120
const MOST_TYPE = 20
/** Unseen, or a line break to somebody; among them what turns the reading direction (`gpj.exe` shown as `exe.jpg`). */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}]/gu
/** A separator or a wildcard on some system. */
const UNFIT = /[<>:"/\\|?*]/g
const RESERVED = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i

/**
 * A name that a header, every mail program and every system reads in the same way, as close to the typed one as that goes.
 * A safe name stays as it is.
 */
export function safeFileName(typed: string): string {
  const last = typed.split(/[\\/]/).findLast((part) => part.trim() !== '') ?? ''
  const plain = last.replace(UNSEEN, '').normalize('NFC').replace(UNFIT, '_').replace(/\s+/g, ' ').trim()
  const name = plain.replace(/[. ]+$/, '')
  if (name === '') return 'file'
  return shortened(RESERVED.test(name) ? `_${name}` : name)
}

/** By whole characters, from the middle: the type stays. */
function shortened(name: string): string {
  const letters = Array.from(name)
  if (letters.length <= MOST_NAME) return name
  const [type = ''] = /\.[^. ]+$/.exec(name) ?? []
  const end = Array.from(type).length > MOST_TYPE ? '' : type
  return (
    letters
      .slice(0, MOST_NAME - Array.from(end).length)
      .join('')
      .trim()
      .replace(/[. ]+$/, '') + end
  )
}
