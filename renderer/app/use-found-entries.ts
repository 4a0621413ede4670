import { useDebouncedValue } from '@mantine/hooks'
import { useNavigate } from '@tanstack/react-router'
import { Inbox, Mail, Route, User } from 'lucide-react'
import type { OutputAt } from '../api/paths.ts'
import { useApi } from '../api/hooks.ts'
import { CAMPAIGN_WORDS } from '../features/campaigns/campaign-words.ts'
import { narrow, type PaletteGroup } from './palette-entries.ts'

/** Long enough that one question covers a few letters, short enough to feel immediate. */
const TYPING_MS = 80

const MOST = 6

type Found = OutputAt<'search.everything'>

/** Leads, campaigns, templates and mailboxes with these words. What stays from the text before has them, too. */
export function useFoundEntries(text: string): { groups: PaletteGroup[]; isSearching: boolean } {
  const [asked] = useDebouncedValue(text, TYPING_MS)
  const isNeeded = asked.trim() !== '' && text.trim() !== ''
  const answer = useApi('search.everything', { text: asked, limit: MOST }, { enabled: isNeeded, keepPrevious: true })
  const groups = useGroups(isNeeded ? answer.data : undefined)
  const isSearching = text.trim() !== '' && (asked !== text || answer.isPlaceholderData || answer.isPending)
  return { groups: isSearching ? narrow(groups, text) : groups, isSearching }
}

function useGroups(found: Found | undefined): PaletteGroup[] {
  const navigate = useNavigate()
  if (found === undefined) return []
  const there = { leads: 'to the page' } as const
  return [
    {
      title: 'Leads',
      entries: found.leads.map(({ id, firstName, lastName, company, email }) => ({
        ...there,
        id: `lead-${id}`,
        label: `${firstName} ${lastName}`.trim() || email,
        hint: [company, email].filter((part) => part !== '').join(' · '),
        icon: User,
        run: () => void navigate({ to: '/leads', search: { lead: id } }),
      })),
    },
    {
      title: 'Campaigns',
      entries: found.campaigns.map(({ id, name, status }) => ({
        ...there,
        id: `campaign-${id}`,
        label: name,
        hint: CAMPAIGN_WORDS[status].label,
        icon: Route,
        run: () => void navigate({ to: '/campaigns/$id', params: { id: String(id) } }),
      })),
    },
    {
      title: 'Templates',
      entries: found.templates.map(({ id, name, subject }) => ({
        ...there,
        id: `template-${id}`,
        label: name,
        hint: subject,
        icon: Mail,
        run: () => void navigate({ to: '/templates', search: { template: id } }),
      })),
    },
    {
      title: 'Mailboxes',
      entries: found.mailboxes.map(({ id, address, senderName }) => ({
        ...there,
        id: `mailbox-${id}`,
        label: address,
        hint: senderName,
        icon: Inbox,
        run: () => void navigate({ to: '/mailboxes' }),
      })),
    },
  ].filter(({ entries }) => entries.length > 0)
}
