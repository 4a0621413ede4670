import {
  createHashHistory,
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Navigate,
} from '@tanstack/react-router'
import type { MailboxKind } from '#shared/domain/taxonomy'
import type { InputAt } from '../api/paths.ts'
import { StartPage } from '../features/start/StartPage.tsx'
import { PageFailed } from './ErrorBoundary.tsx'
import { Layout } from './Layout.tsx'

/** Which leads are to be written to, carried from the Leads page in the address, or which campaign is watched. */
export interface DispatchSearch {
  readonly selection?: InputAt<'dispatch.check'>['selection']
  /** Lead ids, `1,2,3`. */
  readonly ids?: string
  readonly campaign?: number
  /** Words for the mail to the one lead in `ids`, as a link brought them. */
  readonly subject?: string
  readonly body?: string
}

export interface OpenSearch {
  /** As it came from outside; see `shared/domain/link.ts`. */
  readonly link?: string
}

export interface AddLeadSearch {
  readonly email?: string
  readonly subject?: string
  readonly body?: string
}

export interface CampaignsSearch {
  /** Those that were put away, instead of those in use. */
  readonly away?: true
}

/** Leads handed over by the Leads page. */
export interface NewCampaignSearch {
  readonly selection?: InputAt<'campaigns.checkLeads'>['selection']
}

export interface CampaignSearch extends NewCampaignSearch {
  /** The sequence is being edited. */
  readonly edit?: true
  /** People are being added. */
  readonly add?: true
  /** `mails`, else the people. */
  readonly tab?: string
}

export interface QueueSearch {
  readonly campaign?: number
  readonly mailbox?: number
  /** The send whose story is open. */
  readonly send?: number
  /** Only this status, such as `uncertain`. */
  readonly status?: string
}

export interface LeadsSearch {
  readonly lead?: number
  /** The filter; see `lead-query.ts`. */
  readonly q?: string
  readonly review?: string
  readonly tag?: string
  readonly list?: number
  readonly written?: string
  readonly basis?: string
  readonly sort?: string
  /** One lead at a time, beside their mail. */
  readonly mails?: true
}

export interface FindSearch {
  /** The search that is open. */
  readonly run?: number
}

export interface ImportSearch {
  /** What the file holds: `pending`, `history` or `suppressions`; leads without it. */
  readonly for?: string
  /** A file that the app was opened with; the engine has it. */
  readonly upload?: string
  /** Why it could not be read: an error code. */
  readonly refused?: string
}

export interface TemplatesSearch {
  /** The open one; `new`: one that is not saved yet. */
  readonly template?: number | 'new'
}

export interface AnswersSearch {
  /** Only these: `replied`, `bounced`, `auto_replied`, `opted_out`. */
  readonly verdict?: string
  readonly mailbox?: number
  /** What came back for this send is open. */
  readonly send?: number
}

export interface ActivitySearch {
  /** Only what concerns this lead. */
  readonly lead?: number
}

export interface SettingsSearch {
  /** The part that is wanted, by its name in the list of settings. */
  readonly section?: string
  /** The one setting that was looked for. */
  readonly setting?: string
}

export interface MailboxesSearch {
  /** Opens the form for a new mailbox. */
  readonly add?: MailboxKind
  /** Opens the sign-in of a mailbox that is there. */
  readonly again?: number
  /** The sign-in that runs in the browser, so that a reload finds it again. */
  readonly signIn?: string
  readonly live?: number
}

const root = createRootRoute({ component: Layout, notFoundComponent: () => <Navigate to="/" /> })

const start = createRoute({ getParentRoute: () => root, path: '/', component: StartPage })

const leads = createRoute({
  getParentRoute: () => root,
  path: '/leads',
  component: lazyRouteComponent(() => import('../features/leads/LeadsPage.tsx'), 'LeadsPage'),
  validateSearch: (search: Record<string, unknown>): LeadsSearch => ({
    ...numberAt(search, 'list'),
    ...numberAt(search, 'lead'),
    ...wordAt(search, 'q'),
    ...wordAt(search, 'review'),
    ...wordAt(search, 'tag'),
    ...wordAt(search, 'written'),
    ...wordAt(search, 'basis'),
    ...wordAt(search, 'sort'),
    ...flagAt(search, 'mails'),
  }),
})

const importing = createRoute({
  getParentRoute: () => root,
  path: '/leads/import',
  component: lazyRouteComponent(() => import('../features/imports/ImportPage.tsx'), 'ImportPage'),
  validateSearch: (search: Record<string, unknown>): ImportSearch => ({
    ...wordAt(search, 'for'),
    ...wordAt(search, 'upload'),
    ...wordAt(search, 'refused'),
  }),
})

const movingIn = createRoute({
  getParentRoute: () => root,
  path: '/leads/moving-in',
  component: lazyRouteComponent(() => import('../features/history/MovingInPage.tsx'), 'MovingInPage'),
})

const finding = createRoute({
  getParentRoute: () => root,
  path: '/leads/find',
  component: lazyRouteComponent(() => import('../features/pipeline/FindLeadsPage.tsx'), 'FindLeadsPage'),
  validateSearch: (search: Record<string, unknown>): FindSearch => numberAt(search, 'run'),
})

const dispatch = createRoute({
  getParentRoute: () => root,
  path: '/dispatch',
  component: lazyRouteComponent(() => import('../features/dispatch/DispatchPage.tsx'), 'DispatchPage'),
  validateSearch: (search: Record<string, unknown>): DispatchSearch => ({
    ...selectionAt(search),
    ...wordAt(search, 'ids'),
    ...numberAt(search, 'campaign'),
    ...wordAt(search, 'subject'),
    ...wordAt(search, 'body'),
  }),
})

const opening = createRoute({
  getParentRoute: () => root,
  path: '/open',
  component: lazyRouteComponent(() => import('../features/links/OpenLinkPage.tsx'), 'OpenLinkPage'),
  validateSearch: (search: Record<string, unknown>): OpenSearch => wordAt(search, 'link'),
})

const addingLead = createRoute({
  getParentRoute: () => root,
  path: '/leads/add',
  component: lazyRouteComponent(() => import('../features/leads/AddLeadPage.tsx'), 'AddLeadPage'),
  validateSearch: (search: Record<string, unknown>): AddLeadSearch => ({
    ...wordAt(search, 'email'),
    ...wordAt(search, 'subject'),
    ...wordAt(search, 'body'),
  }),
})

const campaigns = createRoute({
  getParentRoute: () => root,
  path: '/campaigns',
  component: lazyRouteComponent(() => import('../features/campaigns/CampaignsPage.tsx'), 'CampaignsPage'),
  validateSearch: (search: Record<string, unknown>): CampaignsSearch => flagAt(search, 'away'),
})

const newCampaign = createRoute({
  getParentRoute: () => root,
  path: '/campaigns/new',
  component: lazyRouteComponent(() => import('../features/campaigns/NewCampaignPage.tsx'), 'NewCampaignPage'),
  validateSearch: (search: Record<string, unknown>): NewCampaignSearch => selectionAt(search),
})

const campaign = createRoute({
  getParentRoute: () => root,
  path: '/campaigns/$id',
  component: lazyRouteComponent(() => import('../features/campaigns/CampaignPage.tsx'), 'CampaignPage'),
  validateSearch: (search: Record<string, unknown>): CampaignSearch => ({
    ...selectionAt(search),
    ...flagAt(search, 'edit'),
    ...flagAt(search, 'add'),
    ...wordAt(search, 'tab'),
  }),
})

const queue = createRoute({
  getParentRoute: () => root,
  path: '/queue',
  component: lazyRouteComponent(() => import('../features/queue/QueuePage.tsx'), 'QueuePage'),
  validateSearch: (search: Record<string, unknown>): QueueSearch => ({
    ...numberAt(search, 'campaign'),
    ...numberAt(search, 'mailbox'),
    ...numberAt(search, 'send'),
    ...wordAt(search, 'status'),
  }),
})

const templates = createRoute({
  getParentRoute: () => root,
  path: '/templates',
  component: lazyRouteComponent(() => import('../features/templates/TemplatesPage.tsx'), 'TemplatesPage'),
  validateSearch: (search: Record<string, unknown>): TemplatesSearch =>
    search.template === 'new' ? { template: 'new' } : numberAt(search, 'template'),
})

const answers = createRoute({
  getParentRoute: () => root,
  path: '/answers',
  component: lazyRouteComponent(() => import('../features/answers/AnswersPage.tsx'), 'AnswersPage'),
  validateSearch: (search: Record<string, unknown>): AnswersSearch => ({
    ...wordAt(search, 'verdict'),
    ...numberAt(search, 'mailbox'),
    ...numberAt(search, 'send'),
  }),
})

const mailboxes = createRoute({
  getParentRoute: () => root,
  path: '/mailboxes',
  component: lazyRouteComponent(() => import('../features/mailboxes/MailboxesPage.tsx'), 'MailboxesPage'),
  validateSearch: (search: Record<string, unknown>): MailboxesSearch => ({
    ...(isMailboxKind(search.add) ? { add: search.add } : {}),
    ...numberAt(search, 'again'),
    ...wordAt(search, 'signIn'),
    ...numberAt(search, 'live'),
  }),
})

const activity = createRoute({
  getParentRoute: () => root,
  path: '/activity',
  component: lazyRouteComponent(() => import('../features/activity/ActivityPage.tsx'), 'ActivityPage'),
  validateSearch: (search: Record<string, unknown>): ActivitySearch => numberAt(search, 'lead'),
})
const insights = createRoute({
  getParentRoute: () => root,
  path: '/insights',
  component: lazyRouteComponent(() => import('../features/insights/InsightsPage.tsx'), 'InsightsPage'),
})
const settings = createRoute({
  getParentRoute: () => root,
  path: '/settings',
  component: lazyRouteComponent(() => import('../features/settings/SettingsPage.tsx'), 'SettingsPage'),
  validateSearch: (search: Record<string, unknown>): SettingsSearch => ({
    ...wordAt(search, 'setting'),
    ...wordAt(search, 'section'),
  }),
})

const tree = root.addChildren([
  start,
  opening,
  leads,
  addingLead,
  importing,
  finding,
  movingIn,
  dispatch,
  campaigns,
  newCampaign,
  campaign,
  queue,
  answers,
  templates,
  mailboxes,
  activity,
  insights,
  settings,
])

/** The part after `#` is the address, so that the page works from a file as well as from a host. */
export function createAppRouter() {
  return createRouter({
    routeTree: tree,
    history: createHashHistory(),
    defaultErrorComponent: PageFailed,
    // A page's code is fetched as soon as the pointer or the focus rests on its link.
    defaultPreload: 'intent',
  })
}

export type AppRouter = ReturnType<typeof createAppRouter>

declare module '@tanstack/react-router' {
  interface Register {
    router: AppRouter
  }
}

/** `{ [name]: 7 }` where the address holds a whole number under that name, else nothing. */
function numberAt<N extends string>(search: Record<string, unknown>, name: N): { readonly [K in N]?: number } {
  const value = search[name]
  return Number.isInteger(value) ? ({ [name]: value } as { readonly [K in N]: number }) : {}
}

/** The same for a text. The router reads `7` as a number, whatever it was meant as. */
function wordAt<N extends string>(search: Record<string, unknown>, name: N): { readonly [K in N]?: string } {
  const value = search[name]
  const isThere = (typeof value === 'string' && value !== '') || typeof value === 'number'
  return isThere ? ({ [name]: String(value) } as { readonly [K in N]: string }) : {}
}

/** `{ [name]: true }` where the address says so, else nothing. */
function flagAt<N extends string>(search: Record<string, unknown>, name: N): { readonly [K in N]?: true } {
  return search[name] === true ? ({ [name]: true } as { readonly [K in N]: true }) : {}
}

/** Leads that another page chose; the page that takes them reads them again. */
function selectionAt({ selection }: Record<string, unknown>): NewCampaignSearch {
  return typeof selection === 'object' && selection !== null
    ? { selection: selection as NonNullable<NewCampaignSearch['selection']> }
    : {}
}

const MAILBOX_KINDS: readonly unknown[] = ['practice', 'smtp', 'gmail', 'outlook'] satisfies MailboxKind[]

function isMailboxKind(value: unknown): value is MailboxKind {
  return MAILBOX_KINDS.includes(value)
}
