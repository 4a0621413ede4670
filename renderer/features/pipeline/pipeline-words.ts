import type { PipelineInputKind, PipelineReader, PipelineRun } from '#shared/contract/pipeline'
import type { PipelineStep, PipelineStepState, PipelineVerdict } from '#shared/domain/taxonomy'
import type { Tone } from '../../ui/StatusBadge.tsx'

export type StepView = PipelineRun['steps'][number]
export type Counts = PipelineRun['contacts']

export interface StepWords {
  readonly title: string
  readonly what: string
  readonly run: string
  readonly again: string
  readonly unit: string
}

export const STEP_WORDS = {
  find_companies: {
    title: 'Companies',
    what: 'Names, websites or domains, one a line or as a CSV. Skip this step to take everybody of step 2.',
    run: 'Find companies',
    again: 'Find companies again',
    unit: 'rows',
  },
  find_contacts: {
    title: 'Contacts',
    what: 'People from your own files: Connections.csv of your LinkedIn archive, vCards, or any CSV with addresses.',
    run: 'Find contacts',
    again: 'Find contacts again',
    unit: 'rows',
  },
  check_addresses: {
    title: 'Addresses',
    what: 'Spelling, repeats, who you know already, throw-away and shared addresses, and whether the domain takes mail. Nobody is contacted.',
    run: 'Check addresses',
    again: 'Check all again',
    unit: 'addresses',
  },
} satisfies Record<PipelineStep, StepWords>

const STATE_WORDS = {
  waiting: { label: 'Not run yet', tone: 'quiet' },
  running: { label: 'Running', tone: 'busy' },
  stopped: { label: 'Stopped', tone: 'warning' },
  failed: { label: 'Stopped by an error', tone: 'bad' },
  done: { label: 'Done', tone: 'good' },
} satisfies Record<PipelineStepState, { label: string; tone: Tone }>

export function stateWords({ state, isOld }: Pick<StepView, 'state' | 'isOld'>): { label: string; tone: Tone } {
  return isOld && state !== 'running' ? { label: 'Out of date', tone: 'warning' } : STATE_WORDS[state]
}

export const VERDICT_WORDS = {
  good: 'Good',
  found: 'Found',
  role: 'Shared address',
  unsure: 'No answer yet',
  saved: 'Leads now',
  repeated: 'Repeated',
  duplicate: 'A lead already',
  written_to: 'Written to lately',
  suppressed: 'Do not contact',
  no_company: 'Other company',
  no_address: 'No address',
  invalid: 'Not an address',
  disposable: 'Throw-away address',
  no_mail_server: 'Takes no mail',
  unreadable: 'Not readable',
} satisfies Record<PipelineVerdict, string>

/** In the order they are shown. */
export const VERDICTS = Object.keys(VERDICT_WORDS) as PipelineVerdict[]

export const READER_WORDS = {
  companies: 'companies',
  linkedin: 'LinkedIn connections',
  vcards: 'vCards',
  people: 'table of people',
} satisfies Record<PipelineReader, string>

export const PASTE_HINTS = {
  companies: 'Acme Inc.\nglobex.com\nInitech, https://www.initech.com',
  people: 'First name,Last name,Email,Company\nAnn,Lee,ann@acme.com,Acme',
} satisfies Record<PipelineInputKind, string>

/** Which items a step has its counts of; contacts are shared by the two last ones. */
export function countsOf(run: PipelineRun, step: PipelineStep): readonly (readonly [PipelineVerdict, number])[] {
  const counts = step === 'find_companies' ? run.companies : run.contacts
  const isCheck = step === 'check_addresses'
  const shown = isCheck ? VERDICTS.filter((verdict) => !BEFORE_CHECK.has(verdict)) : VERDICTS
  if (step !== 'find_contacts') return pairs(counts, shown)
  const taken = VERDICTS.filter((verdict) => !BEFORE_CHECK.has(verdict)).reduce((sum, one) => sum + counts[one], 0)
  return pairs({ ...counts, found: counts.found + taken }, ['found', 'no_company', 'no_address', 'unreadable'])
}

const BEFORE_CHECK: ReadonlySet<PipelineVerdict> = new Set(['found', 'no_company', 'no_address', 'unreadable'])

function pairs(counts: Counts, verdicts: readonly PipelineVerdict[]): (readonly [PipelineVerdict, number])[] {
  return verdicts.map((verdict) => [verdict, counts[verdict]] as const).filter(([, count]) => count > 0)
}
