import {
  createHashHistory,
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Navigate,
} from '@tanstack/react-router'
import type { InputAt } from '../api/paths.ts'
import { StartPage } from '../features/start/StartPage.tsx'
import { PageFailed } from './ErrorBoundary.tsx'
import { Layout } from './Layout.tsx'

/** Which leads are to be written to, carried from the Leads page in the address. */
export interface DispatchSearch {
  readonly selection?: InputAt<'dispatch.check'>['selection']
}

export interface QueueSearch {
  readonly campaign?: number
  /** Only this status, such as `uncertain`. */
  readonly status?: string
}

export interface LeadsSearch {
  readonly list?: number
  readonly lead?: number
}

export interface MailboxesSearch {
  /** Opens the form for a new mailbox. */
  readonly add?: 'practice' | 'smtp'
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
  }),
})

const importing = createRoute({
  getParentRoute: () => root,
  path: '/leads/import',
  component: lazyRouteComponent(() => import('../features/imports/ImportPage.tsx'), 'ImportPage'),
})

const dispatch = createRoute({
  getParentRoute: () => root,
  path: '/dispatch',
  component: lazyRouteComponent(() => import('../features/dispatch/DispatchPage.tsx'), 'DispatchPage'),
  validateSearch: (search: Record<string, unknown>): DispatchSearch =>
    typeof search.selection === 'object' && search.selection !== null
      ? { selection: search.selection as NonNullable<DispatchSearch['selection']> }
      : {},
})

const queue = createRoute({
  getParentRoute: () => root,
  path: '/queue',
  component: lazyRouteComponent(() => import('../features/queue/QueuePage.tsx'), 'QueuePage'),
  validateSearch: (search: Record<string, unknown>): QueueSearch => ({
    ...numberAt(search, 'campaign'),
    ...(typeof search.status === 'string' ? { status: search.status } : {}),
  }),
})

const templates = createRoute({
  getParentRoute: () => root,
  path: '/templates',
  component: lazyRouteComponent(() => import('../features/templates/TemplatesPage.tsx'), 'TemplatesPage'),
})

const mailboxes = createRoute({
  getParentRoute: () => root,
  path: '/mailboxes',
  component: lazyRouteComponent(() => import('../features/mailboxes/MailboxesPage.tsx'), 'MailboxesPage'),
  validateSearch: (search: Record<string, unknown>): MailboxesSearch =>
    search.add === 'practice' || search.add === 'smtp' ? { add: search.add } : {},
})

const activity = createRoute({
  getParentRoute: () => root,
  path: '/activity',
  component: lazyRouteComponent(() => import('../features/activity/ActivityPage.tsx'), 'ActivityPage'),
})
const settings = createRoute({
  getParentRoute: () => root,
  path: '/settings',
  component: lazyRouteComponent(() => import('../features/settings/SettingsPage.tsx'), 'SettingsPage'),
})

const tree = root.addChildren([start, leads, importing, dispatch, queue, templates, mailboxes, activity, settings])

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
