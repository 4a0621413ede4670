/**
 * The two ways to walk a journey: with the mouse, and with the keyboard alone. A journey says what the rep does; a hand
 * knows how. Neither calls a page's elements by script: the mouse points, the keyboard presses keys and looks where the
 * focus is.
 */
import type { Locator, Page } from 'playwright-core'
import { expect } from 'vitest'

export interface Hand {
  readonly by: 'mouse' | 'keyboard'
  /** How many keys were pressed, what was written into fields and found by its letters left out. */
  readonly keys: () => number
  /** To a page of the navigation; `key` follows `g`. */
  goTo(name: string, key: string): Promise<void>
  /** A button, a link or a tab; `key` is its shortcut, where it has one. */
  press(what: Locator, key?: string): Promise<void>
  /** A row of a list: the mouse opens this one, the keyboard the one under the cursor. */
  openRow(row: Locator, list: Locator): Promise<void>
  /** One of the lines of a box that opens. */
  pick(box: Locator, option: string): Promise<void>
  /** In the place of what stands there. */
  write(field: Locator, text: string): Promise<void>
  /** With the dialog of the system that a button opens. */
  chooseFile(button: Locator, file: { readonly name: string; readonly text: string }): Promise<void>
  /** The topmost drawer or dialog. */
  shut(overlay: Locator): Promise<void>
}

export function mouse(page: Page): Hand {
  waitForFiles(page)
  return {
    by: 'mouse',
    keys: () => 0,
    async goTo(name) {
      await page.getByRole('navigation').getByRole('link', { name }).click()
      await page.getByRole('heading', { level: 1, name }).waitFor()
    },
    press: (what) => what.click(),
    openRow: (row) => row.click(),
    async pick(box, option) {
      await box.click()
      await page.getByRole('option', { name: option, exact: true }).click()
    },
    async write(field, text) {
      await field.click({ clickCount: 3 })
      await page.keyboard.type(text)
    },
    async chooseFile(button, file) {
      const asking = page.waitForEvent('filechooser')
      await button.click()
      await (await asking).setFiles(asPayload(file))
    },
    async shut(overlay) {
      await overlay.getByRole('button', { name: 'Close' }).click()
      await overlay.waitFor({ state: 'detached' })
    },
  }
}

/** More than this between two things that a rep wants one after the other is too far. */
const FAR = 40

export function keyboard(page: Page): Hand {
  waitForFiles(page)
  let keys = 0
  async function strike(...struck: readonly string[]): Promise<void> {
    for (const key of struck) {
      await page.keyboard.press(key)
      keys += 1
    }
  }

  /** Walks from where the focus is to this element, the shorter way round, and sees the focus there. */
  async function reach(what: Locator): Promise<void> {
    await what.waitFor()
    await (await what.elementHandle())?.waitForElementState('enabled')
    const plain = await what.evaluate(LOOK)
    let steps = 0
    if (keys === 0) await skipToPage()
    for (let side = await sideOf(what); side !== 'here'; side = await sideOf(what)) {
      await expectFocus(page)
      await strike(side === 'ahead' ? 'Tab' : 'Shift+Tab')
      steps += 1
      if (steps > FAR) throw new Error(`${String(what)} is more than ${FAR} keys away`)
    }
    if (steps > 0)
      await expectSoon(() => what.evaluate(LOOK), `the focus on ${String(what)} can be seen`).not.toBe(plain)
    await expectSoon(() => what.evaluate(IN_SIGHT), `${String(what)} is in sight while it has the focus`).toBe(true)
  }

  /** On a page that has just been opened the first stop leads past everything that stands on all of them. */
  async function skipToPage(): Promise<void> {
    if (!(await isFocused(page.locator('body')))) return
    await strike('Tab')
    await expectSoon(() => isFocused(page.getByRole('link', { name: 'Skip to the page' })), 'the skip link').toBe(true)
    await strike('Enter')
  }

  return {
    by: 'keyboard',
    keys: () => keys,
    async goTo(name, key) {
      await page.getByRole('navigation').getByRole('link', { name }).waitFor()
      await strike('g', key)
      await page.getByRole('heading', { level: 1, name }).waitFor()
    },
    async press(what, key) {
      if (key === undefined) {
        await reach(what)
        await strike('Enter')
      } else {
        await what.waitFor()
        await (await what.elementHandle())?.waitForElementState('enabled')
        await strike(key)
      }
    },
    async openRow(row, list) {
      await row.waitFor()
      const cursor = list.locator('[data-active]')
      for (let away = await rowsBetween(cursor, row); away !== 0; away = await rowsBetween(cursor, row)) {
        await strike(away > 0 ? 'j' : 'k')
      }
      await strike('o')
    },
    async pick(box, option) {
      await reach(box)
      await strike('ArrowDown')
      const wanted = page.getByRole('option', { name: option, exact: true })
      await wanted.waitFor()
      for (let at = 0; (await wanted.getAttribute('data-combobox-selected')) === null; at += 1) {
        if (at > FAR) throw new Error(`“${option}” is not among the lines`)
        await strike('ArrowDown')
      }
      await strike('Enter')
      await wanted.waitFor({ state: 'hidden' })
    },
    async write(field, text) {
      await reach(field)
      await strike('Control+a')
      await page.keyboard.type(text)
    },
    async chooseFile(button, file) {
      await reach(button)
      const asking = page.waitForEvent('filechooser')
      await strike('Enter')
      await (await asking).setFiles(asPayload(file))
    },
    async shut(overlay) {
      await strike('Escape')
      await overlay.waitFor({ state: 'detached' })
      await expectFocus(page)
    },
  }
}

/** From now on the browser asks the test instead of the system; it would learn too late when the button is pressed. */
function waitForFiles(page: Page): void {
  page.on('filechooser', () => {})
}

/** The focus is somewhere: one does not begin at the top of the page again. Right after something has gone it may come late. */
async function expectFocus(page: Page): Promise<void> {
  await page.waitForFunction(() => document.activeElement !== null && document.activeElement !== document.body)
}

/** What the next frame shows at the latest, on a machine however slow. */
function expectSoon<T>(look: () => Promise<T>, message: string) {
  return expect.poll(look, { timeout: 30_000, message })
}

function isFocused(what: Locator): Promise<boolean> {
  return what.evaluate((element) => element === document.activeElement)
}

/** Where this element stands, seen from the focus. */
function sideOf(what: Locator): Promise<'here' | 'ahead' | 'behind'> {
  return what.evaluate((element) => {
    const active = document.activeElement ?? document.body
    if (active === element) return 'here'
    const isAhead = (active.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0
    return isAhead ? 'ahead' : 'behind'
  })
}

/** How far a row stands below the one under the cursor. */
async function rowsBetween(cursor: Locator, row: Locator): Promise<number> {
  const [from, to] = await Promise.all([cursor, row].map((each) => each.getAttribute('aria-rowindex')))
  return Number(to) - Number(from)
}

/** How an element and what stands around it are drawn: the focus has to change something of it. */
function LOOK(element: Element): string {
  const around = [element, element.parentElement, element.nextElementSibling, element.previousElementSibling]
  return around
    .map((each) => {
      if (each === null) return ''
      const { outlineStyle, outlineWidth, outlineColor, boxShadow, borderColor, backgroundColor } =
        getComputedStyle(each)
      return [outlineStyle, outlineWidth, outlineColor, boxShadow, borderColor, backgroundColor].join(' ')
    })
    .join('\n')
}

function IN_SIGHT(element: Element): boolean {
  const { top, bottom, left, right } = element.getBoundingClientRect()
  return bottom > 0 && right > 0 && top < innerHeight && left < innerWidth
}

function asPayload({ name, text }: { readonly name: string; readonly text: string }) {
  return { name, mimeType: 'text/csv', buffer: Buffer.from(text) }
}
