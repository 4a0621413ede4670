import {
  Activity,
  ChartColumn,
  Inbox,
  ListChecks,
  Mail,
  MailCheck,
  Route,
  Send,
  Settings,
  Users,
  type LucideIcon,
} from 'lucide-react'

export interface Place {
  readonly to:
    | '/leads'
    | '/dispatch'
    | '/campaigns'
    | '/queue'
    | '/answers'
    | '/templates'
    | '/mailboxes'
    | '/activity'
    | '/insights'
    | '/settings'
  readonly label: string
  readonly icon: LucideIcon
  /** Pressed after `g`. */
  readonly key: string
}

export const PLACES: readonly Place[] = [
  { to: '/leads', label: 'Leads', icon: Users, key: 'l' },
  { to: '/dispatch', label: 'Dispatch', icon: Send, key: 'd' },
  { to: '/campaigns', label: 'Campaigns', icon: Route, key: 'c' },
  { to: '/queue', label: 'Queue', icon: ListChecks, key: 'q' },
  { to: '/answers', label: 'Answers', icon: MailCheck, key: 'r' },
  { to: '/templates', label: 'Templates', icon: Mail, key: 't' },
  { to: '/mailboxes', label: 'Mailboxes', icon: Inbox, key: 'm' },
  { to: '/activity', label: 'Activity', icon: Activity, key: 'a' },
  { to: '/insights', label: 'Insights', icon: ChartColumn, key: 'i' },
  { to: '/settings', label: 'Settings', icon: Settings, key: 's' },
]
