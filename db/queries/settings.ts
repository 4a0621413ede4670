import type { SavedFilter } from '#shared/contract/leads'
import type { Absence } from '#shared/domain/absences'
import { DEFAULT_NOTICE_RULES, type NoticeRules, type Told } from '#shared/domain/notices'
import type { MailboxKind } from '#shared/domain/taxonomy'
import type { Reader, Writer } from '../open.ts'
import { statement } from '../statements.ts'

/** Every small fact of the whole app, with its type. */
export interface Settings {
  readonly isPaused: boolean
  /** When a pause ends by itself, epoch ms; null: the rep ends it. */
  readonly pausedUntil: number | null
  /** Rises with every new owner of the data folder (fencing). */
  readonly epoch: number
  /** The machine's zone as last seen. */
  readonly zone: string
  /** The newest wall-clock moment the sender has acted at, epoch ms: a start before it means that the clock was set back. */
  readonly lastSeenAt: number
  /** The newest event that the log of forecasts has taken into account. */
  readonly lastForeseenEventId: number
  /** When the last daily backup was made, epoch ms. */
  readonly lastBackupAt: number
  /** Who has this file now, by epoch and start; another in the mark beside it tells of a restored backup. */
  readonly lastOwner: string
  /** When this file was last found to be a restored backup, epoch ms; 0: never. */
  readonly restoredAt: number
  /** The rep's own client ids at Google and Microsoft; '' or missing: none. */
  readonly oauthClients: Readonly<Partial<Record<MailboxKind, string>>>
  /** Does an answer from somebody stop the mail to the whole company? */
  readonly stopsCompany: boolean
  /** When the rep is away. */
  readonly absences: readonly Absence[]
  /** Somebody was erased, and the file has not been written anew since: that is made up for at the next start. */
  readonly isRewriteDue: boolean
  /** The daily digest as a notification, and when, in minutes after midnight. */
  readonly digest: { readonly isOn: boolean; readonly minuteOfDay: number }
  /**
   * It is also mailed from this mailbox to its own address; null: it is not. None goes for the local date `notUntil`
   * (`YYYY-MM-DD`, or '') or one before it: its time was over when the rep asked for mails.
   */
  readonly digestMail: { readonly mailboxId: number | null; readonly notUntil: string }
  /** The local date of the last one, `YYYY-MM-DD`: there is one a day, whatever restarts come between. */
  readonly lastDigestDate: string
  /** Questions about leads that the rep keeps, by name. */
  readonly leadFilters: readonly SavedFilter[]
  /** Asks once a day for a newer app. */
  readonly looksForUpdates: boolean
  /** What the rep is told while the window is shut, and when. */
  readonly noticeRules: NoticeRules
  /** How far that was told; null: nothing yet. */
  readonly noticesTold: Told | null
  /** Up to when the rep was told of crashes, epoch ms. */
  readonly crashSeenAt: number
}

const DEFAULTS: Settings = {
  isPaused: false,
  pausedUntil: null,
  epoch: 0,
  zone: '',
  lastSeenAt: 0,
  lastForeseenEventId: 0,
  lastBackupAt: 0,
  lastOwner: '',
  restoredAt: 0,
  oauthClients: {},
  stopsCompany: false,
  absences: [],
  isRewriteDue: false,
  digest: { isOn: true, minuteOfDay: 8 * 60 + 30 },
  digestMail: { mailboxId: null, notUntil: '' },
  lastDigestDate: '',
  leadFilters: [],
  looksForUpdates: false,
  noticeRules: DEFAULT_NOTICE_RULES,
  noticesTold: null,
  crashSeenAt: 0,
}

export function getSetting<K extends keyof Settings>(db: Reader, key: K): Settings[K] {
  const row = statement<{ value: string }>(db, 'SELECT value FROM settings WHERE key = ?').get(key)
  return row ? (JSON.parse(row.value) as Settings[K]) : DEFAULTS[key]
}

export function setSetting<K extends keyof Settings>(tx: Writer, key: K, value: Settings[K]): void {
  statement(
    tx,
    'INSERT INTO settings (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
  ).run(key, JSON.stringify(value))
}
