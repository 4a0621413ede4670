/**
 * Random runs of the whole engine against a Gmail and an Outlook that fail in every documented way, with kills, restarts,
 * pauses, revoked permissions and a rep who works on the drafts by hand. The server's own record is beside the database.
 *
 * PACEMAIL_RUNS=2000 vitest run --project unit test/engine/provider-runs.test.ts   for a longer run (default 25 each)
 * PACEMAIL_SEED=7                                                                  to repeat one; a failure names its seed
 */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { providerRuns } from '#test/support/provider-commands'
import { furtherProblemsOf, problemsOf, runProvider } from '#test/support/provider-run'
import { prepareTemplate } from '#test/support/provider-template'
import { runsOr } from '#test/support/seed'

const choices = { numRuns: runsOr(25) }

test.for(['gmail', 'outlook'] as const)(
  '%s: whatever fails and whoever dies, no mail leaves twice, and none is left without a state that is seen and true',
  { timeout: 6 * 3_600_000 },
  async (kind) => {
    using template = await prepareTemplate(kind)
    await fc.assert(
      fc.asyncProperty(providerRuns(kind), async (run) => {
        const ended = await runProvider(template, run)
        await using world = ended.world
        const { story } = world
        expect({ problems: [...problemsOf(ended), ...furtherProblemsOf(ended)], story }).toEqual({
          problems: [],
          story,
        })
      }),
      choices,
    )
  },
)
