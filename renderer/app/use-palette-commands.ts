import { useMantineColorScheme } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import {
  CirclePause,
  CirclePlay,
  CircleHelp,
  Download,
  FileUp,
  FolderInput,
  Inbox,
  Keyboard,
  MailPlus,
  Moon,
  Route,
  SearchCheck,
  Settings2,
  Sun,
  SunMoon,
  UserCheck,
} from 'lucide-react'
import { useCallOnce } from '../api/hooks.ts'
import { useDataExport } from '../features/settings/use-export.ts'
import { SECTIONS, shownSettings, wordsOf } from '../features/settings/setting-list.ts'
import { useErrorText } from '../ui/error-text-context.ts'
import { formatCount } from '../ui/format.ts'
import { showNote } from '../ui/note.ts'
import { saveText } from '../ui/save-text.ts'
import { PLACES } from './navigation.ts'
import type { PaletteEntry, PaletteGroup } from './palette-entries.ts'
import type { AppStatusView } from './use-app-status.ts'

const EVERYBODY = { search: '', review: null, tag: null, listId: null, written: null, basis: null } as const

/** Where one can go and what one can do from everywhere. */
export function usePaletteCommands(view: AppStatusView, showKeys: () => void): PaletteGroup[] {
  const canChange = view.status?.role === 'owner'
  const sending = useSendingCommands(view)
  const starting = useStartingCommands()
  const files = useExportCommands()
  const screen = useScreenCommands(showKeys)
  return [
    { title: 'Pages', entries: usePlaces() },
    { title: 'Actions', entries: [...(canChange ? [...sending, ...starting] : []), ...files, ...screen] },
    { title: 'Settings', entries: useSettingEntries(view), isOnlySearched: true },
  ]
}

function usePlaces(): PaletteEntry[] {
  const navigate = useNavigate()
  return PLACES.map(({ to, label, icon, key }) => ({
    id: to,
    label,
    keys: `g ${key}`,
    icon,
    leads: 'to the page',
    run: () => void navigate({ to }),
  }))
}

/** Too many to be read before somebody has typed a word. */
function useSettingEntries({ status }: AppStatusView): PaletteEntry[] {
  const navigate = useNavigate()
  return shownSettings(status?.capabilities).map((setting) => {
    const { id, label, section } = setting
    return {
      id: `setting ${id}`,
      label,
      hint: SECTIONS[section].title === label ? 'Setting' : SECTIONS[section].title,
      also: wordsOf(setting)[1],
      icon: Settings2,
      leads: 'to the page',
      run: () => void navigate({ to: '/settings', search: { setting: id }, resetScroll: false }),
    }
  })
}

function useSendingCommands({ status, pause, resume }: AppStatusView): PaletteEntry[] {
  const navigate = useNavigate()
  const isPaused = status?.isPaused === true
  const uncertain = status?.uncertain ?? 0
  const toggle: PaletteEntry = isPaused
    ? { id: 'resume', label: 'Resume sending', keys: 'Shift+P', icon: CirclePlay, leads: 'back', run: resume }
    : {
        id: 'pause',
        label: 'Pause all sending',
        also: 'stop',
        keys: 'Shift+P',
        icon: CirclePause,
        leads: 'back',
        run: pause,
      }
  const decide: PaletteEntry = {
    id: 'decide',
    label: `Decide about ${formatCount(uncertain, 'uncertain mail')}`,
    icon: CircleHelp,
    leads: 'to the page',
    run: () => void navigate({ to: '/queue', search: { status: 'uncertain' } }),
  }
  return uncertain > 0 ? [decide, toggle] : [toggle]
}

function useStartingCommands(): PaletteEntry[] {
  const navigate = useNavigate()
  const begin = { leads: 'to the page' } as const
  const add = (kind: 'gmail' | 'outlook' | 'smtp' | 'practice') => () =>
    void navigate({ to: '/mailboxes', search: { add: kind } })
  return [
    {
      ...begin,
      id: 'import',
      label: 'Import leads',
      also: 'CSV Excel file upload',
      icon: FileUp,
      run: () => void navigate({ to: '/leads/import' }),
    },
    {
      ...begin,
      id: 'review',
      label: 'Review new leads',
      also: 'approve reject beside their mail',
      icon: UserCheck,
      run: () => void navigate({ to: '/leads', search: { review: 'new', mails: true } }),
    },
    {
      ...begin,
      id: 'campaign',
      label: 'New campaign',
      also: 'sequence follow-up',
      icon: Route,
      run: () => void navigate({ to: '/campaigns/new' }),
    },
    {
      ...begin,
      id: 'template',
      label: 'New template',
      also: 'write text',
      icon: MailPlus,
      run: () => void navigate({ to: '/templates', search: { template: 'new' } }),
    },
    { ...begin, id: 'gmail', label: 'Connect Gmail', also: 'add mailbox Google', icon: Inbox, run: add('gmail') },
    {
      ...begin,
      id: 'outlook',
      label: 'Connect Outlook',
      also: 'add mailbox Microsoft',
      icon: Inbox,
      run: add('outlook'),
    },
    {
      ...begin,
      id: 'smtp',
      label: 'Connect another mailbox',
      also: 'add SMTP IMAP',
      icon: Inbox,
      run: add('smtp'),
    },
    { ...begin, id: 'practice', label: 'Add a practice mailbox', icon: Inbox, run: add('practice') },
    {
      ...begin,
      id: 'find',
      label: 'Find leads',
      also: 'search companies contacts',
      icon: SearchCheck,
      run: () => void navigate({ to: '/leads/find' }),
    },
    {
      ...begin,
      id: 'move-in',
      label: 'Move in from another tool',
      also: 'unsubscribed history',
      icon: FolderInput,
      run: () => void navigate({ to: '/leads/moving-in' }),
    },
  ]
}

function useExportCommands(): PaletteEntry[] {
  const call = useCallOnce()
  const { save } = useDataExport()
  const say = useErrorText()
  const failed = (error: unknown): void => showNote(say(error), { color: 'red' })
  return [
    {
      id: 'export-leads',
      label: 'Export all leads',
      also: 'CSV download',
      icon: Download,
      leads: 'back',
      run: () => void call('leads.export', { filter: EVERYBODY }).then(saveText).catch(failed),
    },
    {
      id: 'export-all',
      label: 'Export everything',
      also: 'CSV download data',
      icon: Download,
      leads: 'back',
      run: () => {
        showNote('Everything is being put together; the file comes when it is ready.')
        save(null).catch(failed)
      },
    },
  ]
}

function useScreenCommands(showKeys: () => void): PaletteEntry[] {
  const { setColorScheme } = useMantineColorScheme()
  return [
    { id: 'keys', label: 'Keyboard shortcuts', also: 'help', keys: '?', icon: Keyboard, leads: 'back', run: showKeys },
    {
      id: 'light',
      label: 'Light colours',
      also: 'theme',
      icon: Sun,
      leads: 'back',
      run: () => setColorScheme('light'),
    },
    { id: 'dark', label: 'Dark colours', also: 'theme', icon: Moon, leads: 'back', run: () => setColorScheme('dark') },
    {
      id: 'auto',
      label: 'Colours like the system',
      also: 'theme auto',
      icon: SunMoon,
      leads: 'back',
      run: () => setColorScheme('auto'),
    },
  ]
}
