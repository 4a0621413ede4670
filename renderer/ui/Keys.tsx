import { Kbd } from '@mantine/core'
import { Fragment } from 'react'
import { keyName } from './key-names.ts'

/** `mod+K` is Ctrl+K, or ⌘K on a Mac; `g l` is one key after the other. */
export function Keys({ keys }: { readonly keys: string }) {
  return (
    <span className="keys">
      {keys.split(' ').map((chord, index) => (
        <Fragment key={`${chord}${index}`}>
          {index === 0 ? null : ' then '}
          {chord.split('+').map((key, part) => (
            <Fragment key={key}>
              {part === 0 ? null : '+'}
              <Kbd size="xs">{keyName(key)}</Kbd>
            </Fragment>
          ))}
        </Fragment>
      ))}
    </span>
  )
}
