/** Templates, and what is verified before a mailbox writes in their words: put together, because they need each other. */
import type { Calendars } from './calendars.ts'
import { createReadiness, type Readiness, type ReadinessDeps } from './readiness.ts'
import { createTemplates, type Templates } from './templates.ts'
import { createTestMails, type TestMails, type TestMailsDeps } from './test-mails.ts'
import type { Uploads } from './uploads.ts'

export interface WritingWing {
  readonly readiness: Readiness
  readonly templates: Templates
  readonly testMails: TestMails
}

export function createWritingWing(
  deps: Omit<ReadinessDeps, 'testMails'> &
    Omit<TestMailsDeps, 'templates'> & { readonly calendars: Calendars; readonly uploads: Uploads },
): WritingWing {
  const templates = createTemplates(deps)
  const testMails = createTestMails({ ...deps, templates })
  return { templates, testMails, readiness: createReadiness({ ...deps, testMails }) }
}
