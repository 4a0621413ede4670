import { aliases } from './aliases.ts'
import { activity, app, suppressions } from './app.ts'
import type { Client, Handlers } from './define.ts'
import { campaigns } from './campaigns.ts'
import { digest } from './digest.ts'
import { dispatch } from './dispatch.ts'
import { exports } from './exports.ts'
import { files } from './files.ts'
import { history } from './history.ts'
import { incoming } from './incoming.ts'
import { imports } from './imports.ts'
import { insights } from './insights.ts'
import { leads } from './leads.ts'
import { mailboxes } from './mailboxes.ts'
import { notices } from './notices.ts'
import { people } from './people.ts'
import { pipeline } from './pipeline.ts'
import { readiness } from './readiness.ts'
import { reports } from './reports.ts'
import { search } from './search.ts'
import { sends } from './sends.ts'
import { signIn } from './sign-in.ts'
import { snippets } from './snippets.ts'
import { templates } from './templates.ts'

/** The whole API. Paths are `area.verb`. */
export const contract = {
  app,
  leads,
  files,
  imports,
  pipeline,
  templates,
  snippets,
  mailboxes,
  readiness,
  dispatch,
  campaigns,
  sends,
  incoming,
  signIn,
  activity,
  suppressions,
  aliases,
  history,
  insights,
  people,
  exports,
  digest,
  notices,
  reports,
  search,
} as const

export type PacemailContract = typeof contract
export type PacemailHandlers = Handlers<PacemailContract>
export type PacemailClient = Client<PacemailContract>
