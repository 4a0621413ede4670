import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'

/** Until nothing fades for three frames: one fade may begin when another ends. What turns for ever is not waited for. */
const FADES_END = `(async () => {
  for (let calm = 0; calm < 3; calm += 1) {
    const fades = document.getAnimations().filter((each) => each.playState === 'running'
      && Number.isFinite(each.effect?.getComputedTiming().endTime))
    if (fades.length > 0) calm = -1
    await Promise.allSettled(fades.map((each) => each.finished))
    await new Promise((next) => requestAnimationFrame(next))
  }
  return 0
})()`

interface AxeResult {
  readonly violations: readonly {
    readonly id: string
    readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[]
  }[]
}

/**
 * What axe finds wrong for WCAG 2.2 AA, a line each. The script is evaluated through the debugger: the page's own policy
 * would refuse it as a tag.
 */
export async function findBarriers(page: Page): Promise<string[]> {
  const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
  const session = await page.context().newCDPSession(page)
  const evaluate = async (expression: string): Promise<unknown> => {
    const answer = await session.send('Runtime.evaluate', {
      expression,
      awaitPromise: true,
      returnByValue: true,
      allowUnsafeEvalBlockedByCSP: true,
    })
    if (answer.exceptionDetails) throw new Error(answer.exceptionDetails.exception?.description ?? 'axe failed')
    return answer.result.value
  }
  await evaluate(`${source}; 0`)
  // Half-way through a fade nothing has its colours yet.
  await evaluate(FADES_END)
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
  const result = (await evaluate(`axe.run({ runOnly: ${JSON.stringify(tags)} })`)) as AxeResult
  await session.detach()
  return result.violations.flatMap((violation) =>
    violation.nodes.map((node) => `${violation.id}: ${node.html.slice(0, 160)} ${node.failureSummary.slice(0, 200)}`),
  )
}
