import type { PacemailHandlers } from '#shared/contract/index'
import type { Engine } from '../engine/engine.ts'
import { createActivityApi } from './activity.ts'
import { createAliasesApi } from './aliases.ts'
import { createAppApi } from './app.ts'
import { createCampaignsApi } from './campaigns.ts'
import { createDigestApi } from './digest.ts'
import { createDispatchApi } from './dispatch.ts'
import { createExportsApi } from './exports.ts'
import { createFilesApi } from './files.ts'
import { createHistoryApi } from './history.ts'
import { createImportsApi } from './imports.ts'
import { createIncomingApi } from './incoming.ts'
import { createInsightsApi } from './insights.ts'
import { createLeadsApi } from './leads.ts'
import { createMailboxesApi } from './mailboxes.ts'
import { createNoticesApi } from './notices.ts'
import { createPeopleApi } from './people.ts'
import { createPipelineApi } from './pipeline.ts'
import { createReadinessApi } from './readiness.ts'
import { createReportsApi } from './reports.ts'
import { createSearchApi } from './search.ts'
import { createSendsApi } from './sends.ts'
import { createSignInApi } from './sign-in.ts'
import { createSnippetsApi } from './snippets.ts'
import { createSuppressionsApi } from './suppressions.ts'
import { createTemplatesApi } from './templates.ts'

/** The whole API of a started engine. */
export function createHandlers(engine: Engine): PacemailHandlers {
  const { rooms } = engine
  return {
    app: createAppApi(engine),
    leads: createLeadsApi(rooms),
    files: createFilesApi(rooms.uploads),
    imports: createImportsApi(rooms.imports),
    pipeline: createPipelineApi(rooms.pipeline),
    templates: createTemplatesApi(rooms.templates),
    mailboxes: createMailboxesApi(rooms),
    readiness: createReadinessApi(rooms.readiness, rooms.testMails),
    dispatch: createDispatchApi(rooms.dispatch),
    snippets: createSnippetsApi(rooms.snippets, rooms.templates),
    campaigns: createCampaignsApi(rooms),
    sends: createSendsApi(rooms),
    incoming: createIncomingApi(rooms.answers),
    signIn: createSignInApi(rooms.signIns, rooms.clients),
    activity: createActivityApi(rooms.activity),
    suppressions: createSuppressionsApi(rooms.suppressions),
    aliases: createAliasesApi(rooms.aliases),
    history: createHistoryApi(rooms.history, rooms.touchImports),
    insights: createInsightsApi(rooms),
    people: createPeopleApi(rooms.people),
    exports: createExportsApi(rooms.exports),
    digest: createDigestApi(rooms.digests),
    notices: createNoticesApi(rooms.notices),
    reports: createReportsApi(rooms.reports),
    search: createSearchApi(rooms.search),
  }
}
