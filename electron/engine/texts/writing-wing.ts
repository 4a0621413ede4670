/** Templates and their snippets, and what is verified before a mailbox writes in their words. */
import type { Calendars } from '../planning/calendars.ts'
import { createReadiness, type Readiness, type ReadinessDeps } from '../mailboxes/readiness.ts'
import { createSnippets, type Snippets } from './snippets.ts'
import { createTemplates, type Templates } from './templates.ts'
import { createTestMails, type TestMails, type TestMailsDeps } from './test-mails.ts'
import type { Uploads } from '../uploads.ts'

export interface WritingWing {
  readonly readiness: Readiness
  readonly snippets: Snippets
  readonly templates: Templates
  readonly testMails: TestMails
}

export function createWritingWing(
  deps: Omit<ReadinessDeps, 'testMails'> &
    Omit<TestMailsDeps, 'templates'> & { readonly calendars: Calendars; readonly uploads: Uploads },
): WritingWing {
  const templates = createTemplates(deps)
  const testMails = createTestMails({ ...deps, templates })
  return { snippets: createSnippets(deps), templates, testMails, readiness: createReadiness({ ...deps, testMails }) }
}
