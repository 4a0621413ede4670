/** Everything that comes in from elsewhere: leads, earlier mail, who must not be written to, and who is the same person. */
import { type Aliases, type AliasesDeps, createAliases } from '../leads/aliases.ts'
import { createHalfLists } from './half-lists.ts'
import { createHistory, type History } from './history.ts'
import type { ImportsDeps } from './import-steps.ts'
import { createImports, type Imports } from './imports.ts'
import { createSuppressions, type Suppressions } from '../leads/suppressions.ts'
import { createTouchImports, type TouchImports, type TouchImportsDeps } from './touch-imports.ts'

export interface MovingWing {
  readonly aliases: Aliases
  readonly history: History
  readonly imports: Imports
  readonly suppressions: Suppressions
  readonly touchImports: TouchImports
}

export type MovingWingDeps = AliasesDeps &
  Pick<ImportsDeps, 'importWorker' | 'uploads'> &
  Pick<TouchImportsDeps, 'mailboxes' | 'providers' | 'erased'>

export function createMovingWing(deps: MovingWingDeps): MovingWing {
  const history = createHistory(deps)
  const { coolDownMs } = history
  const suppressions = createSuppressions(deps)
  const suppressionsImported = (added: number): void => suppressions.imported(added)
  const imports = createImports({ ...deps, halfLists: createHalfLists(deps), coolDownMs, suppressionsImported })
  const stagedHistory: TouchImportsDeps['stagedHistory'] = (importId) => imports.stagedHistory(importId)
  return {
    aliases: createAliases(deps),
    history,
    imports,
    suppressions,
    touchImports: createTouchImports({ ...deps, coolDownMs, stagedHistory }),
  }
}
