import { readFileSync } from 'node:fs'
import type { Locator, Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { findBarriers } from '#test/support/axe'
import { type Hand, keyboard, mouse } from '#test/support/hands'
import { browserOfFile } from '#test/support/journey'
import { mondayMorning, noon, replyCame, trouble } from '#test/support/journey-scenes'
import { type ServedApp, serveForTest } from '#test/support/serve-for-test'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

const open = browserOfFile()

/** A journey on its way. */
interface Walk<App extends ServedApp> {
  readonly app: App
  readonly page: Page
  readonly hand: Hand
  /** Somewhere to stop and look: nothing there keeps anybody out. */
  readonly station: () => Promise<void>
}

/** How many keys each journey takes, as docs/design.md says. */
const design = readFileSync(new URL('../../docs/design.md', import.meta.url), 'utf8')
const MOST_KEYS = new Map(
  Array.from(design.matchAll(/^\| \*\*(.+?)\*\* \|.*\| (\d+) \|$/gm), ([, name, keys]) => [name, Number(keys)]),
)

/** A journey of docs/design.md, told once and walked twice, so that each station is seen in light and in dark. */
function journey<App extends ServedApp>(
  name: string,
  begin: () => Promise<App>,
  steps: (walk: Walk<App>) => Promise<void>,
): void {
  test.for([
    { by: 'mouse', scheme: 'light', take: mouse },
    { by: 'keyboard', scheme: 'dark', take: keyboard },
  ] as const)(`${name}, by $by`, { timeout: 180_000 }, async ({ scheme, take }) => {
    await using app = await begin()
    const { page } = await open(app, { scheme, isStill: true })
    const hand = take(page)
    await steps({ app, page, hand, station: async () => expect(await findBarriers(page)).toEqual([]) })
    expect(hand.keys()).toBeLessThanOrEqual(MOST_KEYS.get(name) ?? 0)
    await page.context().close()
  })
}

journey('First run', serveForTest, async ({ app, page, hand, station }) => {
  await see(page.getByRole('heading', { level: 1, name: 'Welcome to Pacemail' }))
  await station()
  await hand.press(button(page, 'Try it with sample leads'))
  await see(page.getByRole('grid', { name: 'Leads' }).getByText('Frieda Anders'))
  await station()

  await review(page, hand, ['Approve', 'Approve', 'Approve'])
  await hand.goTo('Dispatch', 'd')
  await hand.press(button(page, 'Dispatch all (3)'), 'Control+Enter')
  await see(page.getByText(/^Queued \(\d\/3 sent\)$/).first())
  await station()
  await app.run(5 * MINUTE)
  await see(page.getByRole('banner').getByText(/^Today [1-3] of 3 sent$/))

  await hand.goTo('Mailboxes', 'm')
  await hand.press(button(page, 'Practice mail'))
  await see(
    page
      .getByRole('dialog')
      .getByText(/^A question about/)
      .first(),
  )
  await station()
  await hand.shut(page.getByRole('dialog'))
})

const FILE = {
  name: 'fair.csv',
  text: [
    'First name,Last name,Company,Email',
    'Ada,Berg,Nordlicht,ada.berg@nordlicht.example',
    'Bea,Cole,Harbor Tools,bea.cole@harbortools.example',
    'Carl,Dorn,Feinwerk,carl.dorn@feinwerk.example',
    'Dina,Elm,Elm & Sons,dina.elm@elmsons.example',
    'Dina,Elm,Elm & Sons,dina.elm@elmsons.example',
    'Emil,Fox,Foxglove,emil.fox@foxglove.example',
    'Fay,Gold,Goldrand,no address',
    'Ava,Lindqvist,Larkspur Bearings,ava.lindqvist@larkspur.example',
    '',
  ].join('\n'),
}

journey('Monday morning', mondayMorning, async ({ page, hand, station }) => {
  await see(page.getByRole('grid', { name: 'Leads' }).getByText('Frieda Anders'))
  await hand.press(page.getByRole('link', { name: 'Import', exact: true }), 'i')
  await see(page.getByRole('heading', { name: 'Choose a file' }))
  await station()
  await hand.chooseFile(button(page, 'Choose a file'), FILE)
  await see(page.getByRole('heading', { name: 'What is in which column?' }))
  await station()
  await hand.press(button(page, 'Check all rows'), 'Control+Enter')

  await see(page.getByRole('row').filter({ hasText: 'no address' }))
  await station()
  await hand.press(button(page, 'Go on with 5 leads'), 'Control+Enter')
  await hand.write(page.getByRole('textbox', { name: 'Name of the list' }), 'From the fair')
  await station()
  await hand.press(button(page, 'Import 5 leads'), 'Enter')
  await see(page.getByText('5 leads added'))
  await hand.press(button(page, 'Review these leads'), 'Control+Enter')
  await see(page.getByRole('grid', { name: 'Leads' }).getByText('Ada Berg'))

  await review(page, hand, ['Approve', 'Approve', 'Reject', 'Approve', 'Approve'])
  await see(button(page, /^Approved\s*4$/))
  await see(button(page, /^Rejected\s*1$/))
  await station()

  await hand.goTo('Dispatch', 'd')
  await hand.pick(page.getByRole('combobox', { name: 'Template' }), 'Met at the fair')
  await hand.pick(page.getByRole('combobox', { name: 'From' }), 'you@practice.example (practice)')
  await see(page.getByRole('region', { name: 'Plan' }).getByText(/^First mail .*, last one /))
  await see(page.getByRole('region', { name: 'Preview' }).getByText(/^After the fair, (Ada|Bea|Dina|Emil)$/))
  await station()
  await hand.press(button(page, 'Dispatch all (4)'), 'Control+Enter')
  await see(page.getByText(/^Queued \(\d\/4 sent\)$/).first())
  await see(page.getByRole('banner').getByText(/^Next /))
  await station()
})

journey('A glance at noon', noon, async ({ page, hand, station }) => {
  const strip = page.getByRole('banner')
  await see(strip.getByText(/^Today \d+ of 30 sent$/))
  await see(strip.getByText(/^Next /))

  await hand.goTo('Queue', 'q')
  const list = page.getByRole('grid', { name: 'Waiting' })
  await hand.openRow(list.getByRole('row').nth(2), list)
  const mail = page.getByRole('dialog')
  await see(mail.getByRole('heading', { name: 'Why then?' }))
  await see(mail.getByRole('list', { name: 'What the rules say now, in order' }))
  await station()
  await hand.shut(mail)
  await station()
})

journey('A reply came', replyCame, async ({ app, page, hand, station }) => {
  await see(page.getByRole('banner').getByText('Nothing to send'))
  await hand.goTo('Answers', 'r')
  const list = page.getByRole('grid', { name: 'Answers' })
  const rowOf = (verdict: string) => list.getByRole('row').filter({ hasText: verdict })
  await see(rowOf('Replied'))
  await station()
  await hand.openRow(rowOf('Replied'), list)
  const answer = page.getByRole('dialog', { name: /^Answer from / })
  await see(answer.getByText('Nothing more is sent to this person by itself. Answer them from your mailbox.'))
  await see(answer.getByRole('heading', { name: 'Why' }))
  await station()
  await hand.shut(answer)

  // This one wrote something else.
  await hand.openRow(rowOf('Opted out'), list)
  await see(answer.getByText('The address is on your do-not-contact list'))
  await hand.press(button(answer, 'Take back'))
  const question = page.getByRole('dialog', { name: /^Take back what was made/ })
  await see(question)
  await station()
  await hand.press(button(question, 'Take it back'))
  await see(answer.getByText(/^You took this back/))
  await hand.shut(answer)
  await see(rowOf('Taken back'))
  await station()
  expect(app.engine.rooms.suppressions.list({ search: '', offset: 0, limit: 1 }).total).toBe(0)
})

journey('Something went wrong', trouble, async ({ app, page, hand, station }) => {
  const doubt = page.getByText('1 mail may or may not have been sent.')
  const signedOut = page.getByText('Mail from robin@rep.example waits')
  const held = page.getByText(/^Of the first mails to “Leads from 1” too many came back/)
  for (const line of [doubt, signedOut, held, page.getByText('Person8')]) await see(line)
  await station()

  await hand.press(page.getByRole('link', { name: 'Decide what to do' }))
  await see(page.getByText(/^The mail service was asked to send this mail, and no clear answer came back/))
  await station()
  await hand.press(button(page, 'It was sent'))
  await gone(doubt)

  await hand.press(page.getByRole('link', { name: 'Sign in again' }))
  const dialog = page.getByRole('dialog')
  await see(dialog)
  await station()
  await hand.write(dialog.getByLabel('Password', { exact: true }), 'new')
  await hand.press(button(dialog, 'Test and save'), 'Enter')
  await gone(signedOut)

  await hand.press(button(page, 'Let it go on'))
  await see(dialog)
  await station()
  await hand.press(button(dialog, 'Let it go on'))
  await gone(held)
  await station()

  await app.run(2 * HOUR)
  const written = app.mailbox.sent.map(({ to }) => to.address)
  expect(written.toSorted()).toEqual(Array.from({ length: 8 }, (_, n) => `p${n + 1}@company${n + 1}.example`))
})

/** One lead after the other, beside the mail they would get. */
async function review(page: Page, hand: Hand, verdicts: readonly ('Approve' | 'Reject')[]): Promise<void> {
  await hand.press(button(page, 'Review with mails'), 'v')
  const desk = page.getByRole('region', { name: 'Review' })
  for (const [index, verdict] of verdicts.entries()) {
    await see(desk.getByText(new RegExp(`^${index + 1} of `)))
    await hand.press(button(desk, verdict), verdict === 'Approve' ? 'a' : 'r')
  }
}

function button(place: Page | Locator, name: string | RegExp): Locator {
  return typeof name === 'string'
    ? place.getByRole('button', { name, exact: true })
    : place.getByRole('button', { name })
}

async function see(what: Locator): Promise<void> {
  await what.waitFor()
}

async function gone(what: Locator): Promise<void> {
  await what.waitFor({ state: 'detached' })
}
