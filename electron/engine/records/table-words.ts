/** What stands in an exported table, for the README beside the files. */

const TABLES: Readonly<Record<string, string>> = {
  attached_files: 'Files that mails carry, in base64, each once.',
  campaign_mailboxes: 'The mailboxes of a campaign that take turns.',
  campaign_steps: 'The mails of a campaign in their order, with the days between them.',
  campaigns: 'Who gets what and when; one "Dispatch all" is one campaign.',
  cool_down_overrides: 'Where you allowed one more mail before the cool-down was over.',
  dated_bodies: 'Mails as they were approved, where the one that left was dated on the day.',
  domain_aliases: 'Domains that are one company, each with the one that stands for all.',
  domain_reports: 'What name servers said about the domains of your mailboxes.',
  enrolments: 'Who is in which campaign, and where each stands.',
  erased_people: 'People who were erased, as a keyed hash: nobody can read from it who they were.',
  events: 'What has happened, oldest first. Never an address or a text of a mail.',
  forecast_changes: 'How the foreseen time of each mail changed, with the event that caused it.',
  foreseen: 'When each waiting mail was last foreseen to go.',
  found_touches: 'Earlier contacts that an import has found and you have not kept yet.',
  hand_edits: 'Mails of campaigns that have not started, as you wrote them over for one person.',
  incoming: 'Answers and bounces that belong to a mail of yours, with the verdict on each.',
  lead_tags: 'The tags of leads, one a row.',
  leads: 'People, also those that were removed (removed_at is filled then).',
  lists: 'Imports: where leads came from.',
  mailboxes: 'Accounts to send from, with their pace and hours. Never a password or a token.',
  outside_mails: 'Mail that left your mailboxes by other programs; it counts against the limits.',
  pipeline_inputs: 'Lists that were read by a search for leads.',
  pipeline_items: 'Companies and people that a search for leads has found.',
  pipeline_runs: 'Searches for leads.',
  pipeline_steps: 'How far each step of a search has come.',
  schema_migrations: 'Which form the database has.',
  send_bodies: 'Subject and text of each mail as it was approved.',
  sends: 'Mails: one row for each, from the queue to its end.',
  settings: 'Small settings of the app.',
  snippets: 'Pieces of text to copy into templates.',
  step_variants: 'The texts of each mail of a campaign.',
  suppressions: 'Addresses and domains that must never be written to, with the reason.',
  template_attachments: 'Which files each version of a template carries.',
  template_versions: 'Every version of every template.',
  templates: 'Templates by name.',
  test_mails: 'Test mails and digests to yourself.',
  touch_imports: 'Imports of earlier mail into the remembered contacts.',
  touches: 'Remembered contacts with people, by whatever means.',
  undo_leads: 'What a change of leads has replaced, so that it can be taken back.',
  undos: 'Changes of leads that can be taken back.',
}

const COLUMNS: Readonly<Record<string, string>> = {
  id: 'Number of the row.',
  email: 'As typed.',
  identity: 'The person: the same for every spelling of an address.',
  to_identity: 'Whom the mail was meant for.',
  domain: 'The part after the @.',
  outcome: 'What came back for a sent mail.',
  status: 'Where it stands.',
  stage: 'How far a mail on its way has come.',
  attempts: 'How often it was tried.',
  priority: '0 high, 1 normal, 2 low.',
  step: '0 is the first mail, 1 the first follow-up.',
  key: 'Its own key; with it a mail is found again at the provider.',
  fields: 'Columns of your own, as JSON.',
  tags: 'As JSON.',
  policy: 'Hours, pauses and limits, as JSON.',
  smtp: 'Servers for sending, as JSON, without a password.',
  imap: 'Servers for reading, as JSON, without a password.',
  data: 'More facts, as JSON.',
  evidence: 'What the verdict rests on, as JSON.',
  before: 'What stood before, as JSON.',
  note: 'Your note.',
  removed_at: 'When it was removed; empty while it is not.',
  finished_at: 'When it ended: sent, failed, cancelled or skipped.',
  not_before: 'It does not leave before this moment.',
  revision: 'Rises with every change.',
}

const HEAD = `Your data, as it stood at the moment of the export.

Each table of the database is one CSV file: UTF-8 with a byte order mark, commas, every cell in quotes, so that a spreadsheet
opens it by a double click. A cell that a spreadsheet would run as a formula has an apostrophe before it ('=1+1 is the
text =1+1). Moments are written in ISO 8601, in UTC. Columns that end in _id hold the id of a row in the table of that
name. Passwords, tokens and keys are not part of the database and are never exported.
`

/** Tables and their columns with a few words on each. */
export function readmeOf(
  tables: readonly {
    readonly name: string
    readonly columns: readonly { readonly name: string; readonly type: string }[]
  }[],
): string {
  const parts = tables.map(({ name, columns }) => {
    const lines = columns.map((column) => `  ${column.name}${wordsOf(column.name)}`)
    return [`${name}.csv${TABLES[name] === undefined ? '' : `: ${TABLES[name]}`}`, ...lines].join('\n')
  })
  return `${[HEAD, ...parts].join('\n\n')}\n`
}

/** A moment in a table: written out for people. */
export function isMoment(column: string): boolean {
  return column.endsWith('_at') || column === 'at' || column === 'not_before' || column === 'saving_since'
}

function wordsOf(column: string): string {
  const known = COLUMNS[column]
  if (known !== undefined) return `: ${known}`
  if (column.endsWith('_id')) return `: the row in ${column.slice(0, -3)}s, or the id at the provider.`
  return isMoment(column) ? ': a moment.' : ''
}
