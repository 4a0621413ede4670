/** From lists of companies and people to leads, a step at a time. */
import { expect, test } from 'vitest'
import { createFakeDns } from '#test/fakes/fake-dns'
import { newRun, runAll, runStep, stepEnded, verdictsOf } from '#test/support/pipeline'
import { MONDAY_9, startTestEngine } from '#test/support/start-test-engine'

const COMPANIES = `Company,Website
Acme GmbH,https://www.acme.example/about
Globex Inc.,
ACME,acme.example
,
`
const PEOPLE = `First name,Last name,Email,Company
Ann,Lee,ann@acme.example,
Bo,Kim,bo@mail.acme.example,
Cy,Fox,cy@elsewhere.example,"Globex, Inc."
Di,Roe,di@stranger.example,Strangers
Ed,Moe,,Acme
`

test('companies are taken once each, by domain or by name, and a row that names none says so', async () => {
  await using app = await startTestEngine()
  const runId = await newRun(app, { companies: COMPANIES })
  const run = await runStep(app, runId, 'find_companies')
  expect(run.steps[0]).toMatchObject({ state: 'done', done: 3, total: 3, error: null })
  const { rows } = await app.api.pipeline.items({ runId, kind: 'company' })
  expect(rows.map(({ company, domain, verdict }) => [company, domain, verdict])).toEqual([
    ['Acme GmbH', 'acme.example', 'found'],
    ['Globex Inc.', '', 'found'],
    ['ACME', 'acme.example', 'repeated'],
  ])
})

test('contacts are matched by domain, subdomain and company name; strangers and those without an address are told apart', async () => {
  await using app = await startTestEngine()
  const runId = await newRun(app, { companies: COMPANIES, people: PEOPLE })
  await runStep(app, runId, 'find_companies')
  await runStep(app, runId, 'find_contacts')
  expect(await verdictsOf(app, runId)).toEqual({
    'ann@acme.example': 'found',
    'bo@mail.acme.example': 'found',
    'cy@elsewhere.example': 'found',
    'di@stranger.example': 'no_company',
    Ed: 'no_address',
  })
  const { rows } = await app.api.pipeline.items({ runId, kind: 'contact', verdict: 'found' })
  expect(rows[0]?.company).toBe('Acme GmbH')
})

test('without a list of companies everybody counts', async () => {
  await using app = await startTestEngine()
  const runId = await newRun(app, { people: PEOPLE })
  const run = await runStep(app, runId, 'find_contacts')
  expect(run.contacts).toMatchObject({ found: 4, no_company: 0, no_address: 1 })
})

test('each address gets the first verdict that speaks against it, and no server is asked about those already known', async () => {
  const dns = createFakeDns({
    answers: {
      'null.example': 'null_mx',
      'gone.example': 'no_domain',
      'mute.example': 'unknown',
    },
  })
  await using app = await startTestEngine({ dns })
  await app.api.suppressions.add({ values: ['stop@never.example', 'banned.example'] })
  const before = await newRun(app, { people: 'Email\nknown@lead.example\n' })
  await runStep(app, before, 'find_contacts')
  await runStep(app, before, 'check_addresses')
  await app.api.pipeline.save({ runId: before, listName: 'Before' })

  const people = `Email
good@acme.example
GOOD+x@acme.example
not an address
stop@never.example
any@banned.example
known@lead.example
x@mailinator.com
a@null.example
b@gone.example
c@mute.example
info@acme.example
`
  const runId = await newRun(app, { people })
  dns.asked.length = 0
  const run = await runAllContacts(app, runId)
  expect(await verdictsOf(app, runId)).toEqual({
    'good@acme.example': 'good',
    'GOOD+x@acme.example': 'repeated',
    'not an address': 'invalid',
    'stop@never.example': 'suppressed',
    'any@banned.example': 'suppressed',
    'known@lead.example': 'duplicate',
    'x@mailinator.com': 'disposable',
    'a@null.example': 'no_mail_server',
    'b@gone.example': 'no_mail_server',
    'c@mute.example': 'unsure',
    'info@acme.example': 'role',
  })
  expect(dns.asked.toSorted()).toEqual(['acme.example', 'gone.example', 'mute.example', 'null.example'])
  expect(run.steps[2]).toMatchObject({ state: 'done', done: 11, total: 11 })
})

test('the unsure ones can be checked again alone', async () => {
  const dns = createFakeDns({ answers: { 'mute.example': 'unknown' } })
  await using app = await startTestEngine({ dns })
  const runId = await newRun(app, { people: 'Email\na@acme.example\nb@mute.example\n' })
  await runAllContacts(app, runId)
  dns.answers = {}
  dns.asked.length = 0
  const run = await runStep(app, runId, 'check_addresses', 'unsure')
  expect(run.contacts).toMatchObject({ good: 2, unsure: 0 })
  expect(dns.asked).toEqual(['mute.example'])
})

test('a network without name servers stops the check with an error; going on finishes it', async () => {
  const domains = Array.from({ length: 60 }, (_, index) => `d${index}.example`)
  const dns = createFakeDns({ answers: Object.fromEntries(domains.map((domain) => [domain, 'unknown'])) })
  await using app = await startTestEngine({ dns })
  const runId = await newRun(app, { people: `Email\n${domains.map((domain) => `a@${domain}`).join('\n')}` })
  const failed = await runAllContacts(app, runId)
  expect(failed.steps[2]).toMatchObject({ state: 'failed', error: 'pipeline.no_name_servers', done: 0 })
  expect(failed.contacts.found).toBe(60)
  dns.answers = {}
  const run = await runStep(app, runId, 'check_addresses', 'on')
  expect(run.contacts).toMatchObject({ good: 60, found: 0 })
})

test('a step stops where it is when the rep says so, and goes on from there', async () => {
  const domains = Array.from({ length: 90 }, (_, index) => `d${index}.example`)
  const dns = createFakeDns()
  const { promise: reached, resolve: reach } = Promise.withResolvers<void>()
  dns.onAsk = (domain, signal) => {
    if (domain !== 'd50.example') return
    reach()
    return new Promise((resolve) => signal.addEventListener('abort', () => resolve()))
  }
  await using app = await startTestEngine({ dns })
  const runId = await newRun(app, { people: `Email\n${domains.map((domain) => `a@${domain}`).join('\n')}` })
  await runStep(app, runId, 'find_contacts')
  await app.api.pipeline.run({ runId, step: 'check_addresses' })
  await expect(app.api.pipeline.run({ runId, step: 'find_contacts' })).rejects.toMatchObject({ code: 'pipeline.busy' })
  await reached
  const stopped = await app.api.pipeline.stop({ runId })
  expect(stopped.steps[2]).toMatchObject({ state: 'stopped', done: 40, total: 90 })
  expect(stopped.contacts).toMatchObject({ good: 40, found: 50 })

  dns.onAsk = () => {}
  dns.asked.length = 0
  const run = await runStep(app, runId, 'check_addresses', 'on')
  expect(run.contacts).toMatchObject({ good: 90, found: 0 })
  expect(dns.asked).toHaveLength(50)
})

test('what was running when the app ended goes on at its next start', async () => {
  const domains = Array.from({ length: 90 }, (_, index) => `d${index}.example`)
  const dns = createFakeDns()
  const { promise: reached, resolve: reach } = Promise.withResolvers<void>()
  dns.onAsk = (domain, signal) => {
    if (domain !== 'd50.example') return
    reach()
    return new Promise((resolve) => signal.addEventListener('abort', () => resolve()))
  }
  await using app = await startTestEngine({ dns })
  const runId = await newRun(app, { people: `Email\n${domains.map((domain) => `a@${domain}`).join('\n')}` })
  await runStep(app, runId, 'find_contacts')
  await app.api.pipeline.run({ runId, step: 'check_addresses' })
  await reached
  await app.engine.close()

  await using next = await startTestEngine({ dataFolder: app.dataFolder, secrets: app.secrets })
  const run = await stepEnded(next, runId)
  expect(run.steps[2]).toMatchObject({ state: 'done', done: 90, total: 90 })
  expect(run.contacts.good).toBe(90)
})

test('a step that runs again replaces what it found, and what came after it is old', async () => {
  await using app = await startTestEngine()
  const runId = await newRun(app, { companies: COMPANIES, people: PEOPLE })
  await runAll(app, runId)
  const run = await runStep(app, runId, 'find_companies')
  expect(run.companies).toMatchObject({ found: 2, repeated: 1 })
  expect(run.steps.map(({ isOld }) => isOld)).toEqual([false, true, true])
  const changed = await app.api.pipeline.addInput({
    runId,
    kind: 'people',
    from: { text: 'Email\nx@acme.example', name: 'more' },
  })
  expect(changed.steps[1]).toMatchObject({ state: 'done', isOld: true })
  expect((await runAll(app, runId)).contacts).toMatchObject({ good: 4, no_company: 1, no_address: 1 })
})

test('the good ones become leads that wait for review, with their source and ground, and once only', async () => {
  await using app = await startTestEngine()
  const runId = await newRun(app, { companies: COMPANIES, people: `${PEOPLE}Fe,Desk,info@acme.example,Acme\n` })
  const provenance = { source: '', basis: 'inquiry', basisAt: MONDAY_9, basisNote: 'fair' } as const
  await app.api.pipeline.edit({ runId, provenance })
  await expect(app.api.pipeline.save({ runId, listName: 'Found' })).rejects.toMatchObject({
    code: 'pipeline.nothing_to_save',
  })
  await runAll(app, runId)
  const run = await app.api.pipeline.save({ runId, listName: 'Found', tags: ['fair'] })
  expect(run.contacts).toMatchObject({ saved: 3, good: 0, role: 1 })

  const { rows } = await app.api.leads.list({ filter: { listId: run.listId }, sort: 'oldest' })
  expect(rows.map(({ email }) => email)).toEqual(['ann@acme.example', 'bo@mail.acme.example', 'cy@elsewhere.example'])
  expect(rows[0]).toMatchObject({
    firstName: 'Ann',
    company: 'Acme GmbH',
    website: 'https://www.acme.example/about',
    review: 'new',
    tags: ['fair'],
    ...provenance,
    source: 'people list',
  })
  await expect(app.api.pipeline.save({ runId, listName: 'Again' })).rejects.toMatchObject({
    code: 'pipeline.nothing_to_save',
  })
  const again = await app.api.pipeline.save({ runId, listName: 'Again', includeRole: true })
  expect(again.contacts).toMatchObject({ saved: 4, role: 0 })
  expect((await runStep(app, runId, 'check_addresses')).contacts).toMatchObject({ saved: 4 })
})

test('a report names every company and contact with its verdict; a removed search is gone with all it read', async () => {
  await using app = await startTestEngine()
  const runId = await newRun(app, { companies: COMPANIES, people: PEOPLE })
  await runAll(app, runId)
  const { text } = await app.api.pipeline.report({ runId })
  expect(text).toContain('"contact","4","no company","","Strangers"')
  expect(text).toContain('"company","3","repeated"')
  await app.api.pipeline.remove({ runId })
  expect(await app.api.pipeline.list({})).toEqual([])
  await expect(app.api.pipeline.get({ runId })).rejects.toMatchObject({ code: 'pipeline.not_found' })
})

test('what cannot be read is refused, and a step without anything to read too', async () => {
  await using app = await startTestEngine()
  const { runId } = await app.api.pipeline.create({ name: 'Empty' })
  const refused = { code: 'pipeline.unreadable' }
  const from = { text: 'Colour,Size\nred,9\n', name: '' }
  await expect(app.api.pipeline.addInput({ runId, kind: 'people', from })).rejects.toMatchObject(refused)
  for (const step of ['find_companies', 'find_contacts', 'check_addresses'] as const) {
    await expect(app.api.pipeline.run({ runId, step })).rejects.toMatchObject({ code: 'pipeline.no_input' })
  }
})

async function runAllContacts(app: Parameters<typeof runStep>[0], runId: Parameters<typeof runStep>[1]) {
  await runStep(app, runId, 'find_contacts')
  return runStep(app, runId, 'check_addresses')
}
