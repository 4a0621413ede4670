/**
 * What runs inside the page while it is measured. Each function goes to the browser as text, so it uses nothing but its
 * argument and the page; times are those of the page's own clock, without the way to the browser and back.
 */

/** Presses a link of the navigation and answers the ms until that page stands there with nothing still loading. */
export function changePage(label: string): Promise<number> {
  const LOADING = '#main [aria-busy="true"], #main .mantine-Skeleton-root, #main .mantine-Loader-root'
  const link = [...document.querySelectorAll<HTMLElement>('nav[aria-label="Pages"] a')].find((each) =>
    each.textContent.startsWith(label),
  )
  if (link === undefined) throw new Error(`no link is called ${label}`)
  return new Promise((resolve, reject) => {
    const from = performance.now()
    const look = (): void => {
      const isThere = document.querySelector('h1')?.textContent.trim() === label
      const tookMs = performance.now() - from
      if (isThere && document.querySelector(LOADING) === null) resolve(tookMs)
      else if (tookMs > 20_000) reject(new Error(`${label} is still loading after 20 s`))
      else requestAnimationFrame(look)
    }
    link.click()
    look()
  })
}

/** Sets the search box as typing does and answers the ms until the list says another number of leads. */
export function search(text: string): Promise<number> {
  const box = document.querySelector<HTMLInputElement>('input[aria-label="Search leads"]')
  const grid = document.querySelector('[role="grid"][aria-label="Leads"]')
  const write = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set
  if (box === null || grid === null || write === undefined) throw new Error('the leads are not on screen')
  const before = grid.getAttribute('aria-rowcount')
  return new Promise((resolve, reject) => {
    const from = performance.now()
    setTimeout(() => reject(new Error(`no answer to ${text} after 20 s`)), 20_000)
    const watcher = new MutationObserver(() => {
      if (grid.getAttribute('aria-rowcount') === before) return
      watcher.disconnect()
      requestAnimationFrame(() => resolve(performance.now() - from))
    })
    watcher.observe(grid, { attributes: true, attributeFilter: ['aria-rowcount'] })
    box.focus()
    write.call(box, text)
    box.dispatchEvent(new Event('input', { bubbles: true }))
  })
}

/** Scrolls the list by `step` px at every frame for `frames` frames; answers the ms between the frames. */
export function scroll({ step, frames }: { step: number; frames: number }): Promise<number[]> {
  const grid = document.querySelector('[role="grid"][aria-label="Leads"]')
  if (grid === null) throw new Error('the leads are not on screen')
  return new Promise((resolve) => {
    const gaps: number[] = []
    let last: number | null = null
    const frame = (at: number): void => {
      if (last !== null) gaps.push(at - last)
      last = at
      if (gaps.length === frames) {
        resolve(gaps)
        return
      }
      grid.scrollTop += step
      requestAnimationFrame(frame)
    }
    requestAnimationFrame(frame)
  })
}
