import type { PacemailHandlers } from '#shared/contract/index'
import type { Engine } from '../engine/engine.ts'
import { createActivityApi } from './activity.ts'
import { createAppApi } from './app.ts'
import { createCampaignsApi, createDispatchApi } from './dispatch.ts'
import { createFilesApi } from './files.ts'
import { createImportsApi } from './imports.ts'
import { createLeadsApi } from './leads.ts'
import { createMailboxesApi } from './mailboxes.ts'
import { createSendsApi } from './sends.ts'
import { createSuppressionsApi } from './suppressions.ts'
import { createTemplatesApi } from './templates.ts'

/** The whole API of a started engine. */
export function createHandlers(engine: Engine): PacemailHandlers {
  const { rooms } = engine
  return {
    app: createAppApi(engine),
    leads: createLeadsApi(rooms.leads),
    files: createFilesApi(rooms.uploads),
    imports: createImportsApi(rooms.imports),
    templates: createTemplatesApi(rooms.templates),
    mailboxes: createMailboxesApi(rooms.mailboxDesk),
    dispatch: createDispatchApi(rooms.dispatch),
    campaigns: createCampaignsApi(rooms.campaigns),
    sends: createSendsApi(rooms.sendList, rooms.sends),
    activity: createActivityApi(rooms.activity),
    suppressions: createSuppressionsApi(rooms.suppressions),
  }
}
