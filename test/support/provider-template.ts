import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { signedInSecret } from '#test/mailbox/outlook-place'
import { createMemorySecrets } from './memory-secrets.ts'
import { REP, type ProviderPlace } from './provider-place.ts'
import { ALWAYS, policyWith, startTestEngine } from './start-test-engine.ts'
import { importLeads, type Stock, SENDER } from './stock.ts'

export const LEADS = 4

/** What every world of one provider begins with: prepared once, copied for each. */
export interface Template extends Disposable {
  readonly kind: ProviderPlace['kind']
  readonly folder: string
  readonly secrets: ReadonlyMap<string, string>
  readonly goods: Stock
  /** Outlook: tokens that are good in every world. */
  secretText(): Promise<string>
}

/** MSAL goes by the real clock and renews tokens that are about to end. */
const SECRET_LASTS_MS = 20 * 60_000
/** Mail goes one after the other, at any hour. */
export const USUAL_LIMITS = {
  hours: ALWAYS,
  gapMs: { min: 5_000, max: 30_000 },
  hourlyCap: 50,
  dailyCap: 500,
  coolDownDays: 0,
} as const

/** `leads` people at as many companies, who may be written to again at once. */
export async function prepareTemplate(kind: ProviderPlace['kind'], leads = LEADS): Promise<Template> {
  const folder = mkdtempSync(join(quickFolder(), 'pacemail-provider-'))
  const secrets = createMemorySecrets()
  const app = await startTestEngine({ dataFolder: folder, secrets })
  await app.api.app.pause({})
  const account = {
    kind,
    address: REP,
    name: 'Robin',
    mayRead: true,
    secret: 'comes with the world',
    senderName: 'Robin',
  }
  const mailbox = await app.engine.rooms.accounts.addSignedIn(account)
  const mailboxId = mailbox.id
  const policy = policyWith(USUAL_LIMITS)
  await app.api.mailboxes.savePolicy({ mailboxId, policy })
  await app.api.mailboxes.saveSender({ mailboxId, ...SENDER })
  const content = { subject: 'Hello {{firstName}}', body: 'Hi {{firstName}}', format: 'plain' } as const
  const template = await app.api.templates.save({ templateId: null, name: 'Hello', content })
  const leadIds = await importLeads(app, leads)
  await app.api.app.resume({})
  await app.engine.close()
  let kept = { text: '', madeAt: Number.NEGATIVE_INFINITY }
  return {
    kind,
    folder,
    secrets: new Map([['install', (await secrets.get('install')) ?? '']]),
    goods: { mailboxId, templateId: template.id, leadIds },
    async secretText() {
      if (kind === 'outlook' && Date.now() > kept.madeAt + SECRET_LASTS_MS) {
        kept = { text: await signedInSecret(), madeAt: Date.now() }
      }
      return kept.text
    },
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  }
}

/** In memory where there is such a folder: these runs are about rules, not about the disk. */
export function quickFolder(): string {
  return existsSync('/dev/shm') ? '/dev/shm' : tmpdir()
}
