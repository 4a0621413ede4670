import { Keys } from './Keys.tsx'
import styles from './KeyHints.module.css'

/** One or more keys that do the same kind of thing, each as `Keys` takes it. */
export interface KeyHint {
  readonly keys: readonly string[]
  readonly does: string
}

/** The keys of a list, below it. */
export function KeyHints({ hints }: { readonly hints: readonly KeyHint[] }) {
  return (
    <div className={styles['hints']}>
      {hints.map(({ keys, does }) => (
        <span key={does} className={styles['hint']}>
          {keys.map((key) => (
            <Keys key={key} keys={key} />
          ))}{' '}
          {does}
        </span>
      ))}
    </div>
  )
}

/** What every list of this program answers to. */
export const MOVE: KeyHint = { keys: ['j', 'k'], does: 'move' }
export const CHOOSE: KeyHint = { keys: ['x'], does: 'choose' }
export const OPEN: KeyHint = { keys: ['o'], does: 'open' }
