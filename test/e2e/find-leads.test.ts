import { expect, test } from 'vitest'
import { findBarriers } from '#test/support/axe'
import { browserOfFile } from '#test/support/journey'
import { createFakeDns } from '#test/fakes/fake-dns'
import { serveForTest } from '#test/support/serve-for-test'

const open = browserOfFile()

const CONNECTIONS = `Notes:
"Some addresses are missing."

First Name,Last Name,URL,Email Address,Company,Position,Connected On
Ann,Lee,https://www.linkedin.com/in/ann,ann@acme.example,Acme,Head of Sales,12 Mar 2024
Bo,Kim,https://www.linkedin.com/in/bo,bo@globex.de,"Globex, Inc.",Buyer,01 Jan 2020
Cy,Fox,https://www.linkedin.com/in/cy,cy@gone.example,Globex,Owner,01 Jan 2021
Di,Roe,https://www.linkedin.com/in/di,di@stranger.example,Strangers,,01 Jan 2022
Ed,Moe,https://www.linkedin.com/in/ed,ed@mute.example,Acme GmbH,,01 Jan 2023
`

test('a list of companies and the connections of LinkedIn become leads, and the page says what their country asks for', async () => {
  const dns = createFakeDns({ answers: { 'gone.example': 'no_domain', 'mute.example': 'unknown' } })
  await using app = await serveForTest({ dns })
  const { page, problems } = await open(app, { isStill: true })
  await page.getByRole('link', { name: 'Leads', exact: true }).click()
  await page.getByRole('link', { name: 'Find leads' }).click()
  await page.getByRole('heading', { name: 'Find leads', level: 1 }).waitFor()
  expect(await findBarriers(page)).toEqual([])

  await page.getByLabel('Name of a new search').fill('Bearings')
  await page.keyboard.press('Enter')
  const companies = page.getByRole('region', { name: '1. Companies' })
  await companies.getByRole('button', { name: 'Paste a list' }).click()
  await page.getByLabel('List of companies').fill('Acme, https://acme.example\nGlobex\nACME GmbH')
  await companies.getByRole('button', { name: 'Add' }).click()
  await companies.getByRole('button', { name: 'Find companies' }).click()
  await companies.getByRole('button', { name: '2 Found' }).waitFor()
  await companies.getByRole('button', { name: '1 Repeated' }).waitFor()

  const contacts = page.getByRole('region', { name: '2. Contacts' })
  const file = { name: 'Connections.csv', mimeType: 'text/csv', buffer: Buffer.from(CONNECTIONS) }
  await contacts.locator('input[type=file]').setInputFiles(file)
  await contacts.getByText('LinkedIn connections').waitFor()
  await contacts.getByRole('button', { name: 'Find contacts' }).click()
  await contacts.getByRole('button', { name: '4 Found' }).waitFor()

  const check = page.getByRole('region', { name: '3. Addresses' })
  await check.getByRole('button', { name: 'Check addresses' }).focus()
  await page.keyboard.press('Enter')
  await check.getByRole('button', { name: '2 Good' }).waitFor()
  await check.getByRole('button', { name: '1 Takes no mail' }).click()
  const table = page.getByRole('region', { name: 'Contacts', exact: true })
  await table.getByText('there is no such domain').waitFor()
  expect(await findBarriers(page)).toEqual([])

  dns.answers = {}
  await check.getByRole('button', { name: 'Check the 1 without answer again' }).click()
  await check.getByRole('button', { name: '3 Good' }).waitFor()

  const save = page.getByRole('form', { name: 'Make leads of the good ones' })
  await save.getByRole('button', { name: 'Add 3 leads' }).click()
  await page.getByText('3 leads of this search added').waitFor()
  await page.getByRole('button', { name: 'Review them' }).click()
  await page.getByRole('row', { name: /Bo Kim/ }).dblclick()
  const panel = page.getByRole('complementary', { name: 'Lead' })
  await panel.getByText('Rules of Germany: a stronger reason is needed. Until then no mail is queued.').waitFor()
  expect(await panel.getByLabel('Where from').inputValue()).toBe('Connections.csv')
  expect(await findBarriers(page)).toEqual([])

  await page.getByRole('row', { name: /Bo Kim/ }).click()
  await page.keyboard.press('Space')
  await page.getByRole('button', { name: 'Reason…' }).click()
  const reason = page.getByRole('dialog', { name: 'Reason…' })
  await reason.getByLabel('Why you may write to them').first().click()
  await reason.getByRole('option', { name: 'They agreed to get mail from me' }).click()
  await reason.getByLabel('Since when').fill('2026-02-03')
  await reason.getByLabel('Proof').fill('signed form')
  expect(await findBarriers(page)).toEqual([])
  await reason.getByRole('button', { name: 'Record for all of them' }).click()
  await panel.getByText('Rules of Germany: enough is recorded.').waitFor()
  expect(problems).toEqual([])
}, 120_000)
