/** Every setting there is, so that each can be looked for by its words: here, and from the palette. */
import { createNameSearch } from '#shared/domain/name-search'
import type { OutputAt } from '../../api/paths.ts'

export const SECTIONS = {
  screen: { title: 'This screen' },
  data: { title: 'Your data' },
  person: { title: 'One person’s data' },
  notifications: {
    title: 'Notifications',
    description: 'What Pacemail tells you while you are doing something else. Several of one kind come as one.',
  },
  digest: { title: 'Daily digest' },
  away: {
    title: 'When you are away',
    description:
      'Nothing is sent, and no days between two mails are counted. First mails stop some days before, so that answers do not wait for you to come back. Afterwards everything goes on at its usual pace.',
  },
  answers: { title: 'Answers' },
  suppressions: {
    title: 'Do not contact',
    description: 'Nobody on this list is ever written to, whatever list they come in with.',
  },
  domains: {
    title: 'One company, several domains',
    description: 'Ann at acme.com and Ann at acme.io are one person: written to once, left alone at both.',
  },
  moving: {
    title: 'Moving in',
    description:
      'Bring along from another tool what was sent before, what still waits, and who must not be written to.',
  },
  clients: {
    title: 'Client ids',
    description:
      'How Google and Microsoft know this Pacemail when you sign in. You need your own only where Pacemail came without one.',
  },
  shortcuts: { title: 'Keyboard shortcuts' },
  reports: {
    title: 'Error reports',
    description: 'What went wrong inside Pacemail. They stay on this computer, 20 at most, and are sent to nobody.',
  },
  about: { title: 'About Pacemail' },
} as const satisfies Record<string, { readonly title: string; readonly description?: string }>

export type SectionId = keyof typeof SECTIONS

type Capability = keyof OutputAt<'app.status'>['capabilities']

export interface Setting {
  readonly id: string
  readonly section: SectionId
  /** As the page shows it, at the setting or above its section. */
  readonly label: string
  /** Other words that a rep may look for it with. */
  readonly also: string
  /** It is shown only where the host can do this. */
  readonly needs?: Capability
}

/** In the order of the page. */
export const SETTINGS = [
  { id: 'colours', section: 'screen', label: 'Colours', also: 'theme dark light mode night appearance contrast' },
  {
    id: 'single-keys',
    section: 'screen',
    label: 'Shortcuts of a single key',
    also: 'keyboard hotkeys letters accessibility voice',
  },
  {
    id: 'login-item',
    section: 'screen',
    label: 'Start when I log in',
    also: 'autostart boot startup launch open with the computer tray background',
    needs: 'loginItem',
  },
  {
    id: 'data-folder',
    section: 'data',
    label: 'Your data',
    also: 'database file path location backup restore passwords secrets encryption where',
  },
  { id: 'export', section: 'data', label: 'Export everything', also: 'download CSV zip take away table copy' },
  {
    id: 'person',
    section: 'person',
    label: 'One person’s data',
    also: 'GDPR privacy erase delete forget access request what is known',
  },
  {
    id: 'notices',
    section: 'notifications',
    label: 'Tell me when',
    also: 'alert notify reply came sign in uncertain campaign done browser desktop popup',
  },
  {
    id: 'quiet-hours',
    section: 'notifications',
    label: 'Quiet hours',
    also: 'do not disturb silent night evening weekend mute notifications',
  },
  {
    id: 'digest-note',
    section: 'digest',
    label: 'Show the digest once a day',
    also: 'notification summary report yesterday today morning',
    needs: 'notifications',
  },
  {
    id: 'digest-mail',
    section: 'digest',
    label: 'Also send it to me by mail',
    also: 'digest email summary report yesterday today morning',
  },
  { id: 'digest-time', section: 'digest', label: 'Time of the digest', also: 'clock hour when summary' },
  {
    id: 'away',
    section: 'away',
    label: 'When you are away',
    also: 'vacation holiday absence out of office leave travel sick days off',
  },
  {
    id: 'company-stop',
    section: 'answers',
    label: 'An answer stops the mail to the whole company',
    also: 'reply replied colleagues domain opt out stop',
  },
  {
    id: 'suppressions',
    section: 'suppressions',
    label: 'Do not contact',
    also: 'unsubscribe opt out block blacklist blocklist suppression never write exclude import add',
  },
  {
    id: 'domains',
    section: 'domains',
    label: 'One company, several domains',
    also: 'alias join same company subsidiary several addresses',
  },
  {
    id: 'moving-in',
    section: 'moving',
    label: 'Move in from another tool',
    also: 'migrate switch import history sent before Apollo Lemlist Instantly',
  },
  {
    id: 'client-ids',
    section: 'clients',
    label: 'Client ids',
    also: 'Google secret OAuth sign in Microsoft Gmail Outlook Azure console API',
  },
  { id: 'shortcuts', section: 'shortcuts', label: 'Keyboard shortcuts', also: 'hotkeys list of keys cheat sheet help' },
  {
    id: 'reports',
    section: 'reports',
    label: 'Error reports',
    also: 'crash bug failure log support diagnostics',
  },
  {
    id: 'updates',
    section: 'about',
    label: 'Look for updates',
    also: 'upgrade newer version automatic',
    needs: 'updates',
  },
  {
    id: 'about',
    section: 'about',
    label: 'About Pacemail',
    also: 'version licence open source telemetry tracking thanks',
  },
] as const satisfies readonly Setting[]

export type SettingId = (typeof SETTINGS)[number]['id']

export function settingOf(id: SettingId): Setting {
  const found = SETTINGS.find((setting) => setting.id === id)
  if (found === undefined) throw new Error(`no setting ${id}`)
  return found
}

/** Those that this host shows. */
export function shownSettings(capabilities: Readonly<Record<Capability, boolean>> | undefined): readonly Setting[] {
  const all: readonly Setting[] = SETTINGS
  return all.filter(({ needs }) => needs === undefined || capabilities?.[needs] === true)
}

/** What the words leave of them, by section in the order of the page; without words all. */
export function foundSettings(settings: readonly Setting[], text: string): readonly Setting[] {
  const search = createNameSearch(text)
  if (search.isEmpty) return text.trim() === '' ? settings : []
  return settings.filter((setting) => search.rank(wordsOf(setting)) !== null)
}

/** The name first, then what else it is found by. */
export function wordsOf({ label, section, also }: Setting): readonly [label: string, more: string] {
  return [label, `${SECTIONS[section].title} ${also}`]
}
