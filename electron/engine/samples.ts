import { readFile } from 'node:fs/promises'
import { SAMPLE_TEMPLATE } from './samples/sample-template.ts'
import type { Rooms } from './rooms.ts'

const SAMPLE_LEADS = new URL('./samples/sample-leads.csv', import.meta.url)

/** Made-up people agree to everything; real ones in some of their countries would have to. */
const SAMPLE_PROVENANCE = {
  source: 'Made up for trying Pacemail',
  basis: 'consent',
  basisAt: 1_767_268_800_000,
  basisNote: 'Nobody is behind these addresses.',
} as const

/** The sample file of made-up people, as bytes. */
export async function readSampleLeads(): Promise<Uint8Array> {
  return readFile(SAMPLE_LEADS)
}

/** First start in one click: a practice mailbox, the sample leads, a template. Does nothing where there are leads. */
export async function addSamples(rooms: Rooms): Promise<void> {
  if (!rooms.app.status().isFirstStart) return
  const { id, optOut } = rooms.accounts.addPractice({ senderName: 'Robin Reyes', signature: 'Robin Reyes' })
  rooms.mailboxes.saveSender(id, { company: 'Pacemail practice', postalAddress: '1 Sample Street, Exampleton', optOut })
  const { name, content } = SAMPLE_TEMPLATE
  rooms.templates.save(null, name, content)
  await rooms.imports.importWhole({
    fileName: 'sample-leads.csv',
    bytes: await readSampleLeads(),
    listName: 'Sample leads',
    provenance: SAMPLE_PROVENANCE,
  })
}
