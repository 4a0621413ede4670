import { createContext, use, useEffect, useEffectEvent, useRef, type ReactNode } from 'react'
import { settingOf, type SettingId } from './setting-list.ts'
import styles from './settings.module.css'

/** The setting that somebody looked for, and how it is let go. */
export interface Mark {
  readonly setting: string | null
  readonly clear: () => void
}

export const MarkContext = createContext<Mark>({ setting: null, clear: () => {} })

interface Props {
  readonly id: SettingId
  readonly children: ReactNode
}

/** The place of one setting. Whoever looked for it is brought here, and sees it marked until the focus goes elsewhere. */
export function Spot({ id, children }: Props) {
  const { setting, clear } = use(MarkContext)
  const isMarked = setting === id
  const place = useRef<HTMLDivElement>(null)
  const leave = useEffectEvent(clear)
  useEffect(() => {
    const { current } = place
    if (!isMarked || current === null) return undefined
    current.focus({ preventScroll: true })
    current.scrollIntoView({ block: 'center' })
    const onFocusOut = ({ relatedTarget }: FocusEvent): void => {
      if (!(relatedTarget instanceof Node) || !current.contains(relatedTarget)) leave()
    }
    current.addEventListener('focusout', onFocusOut)
    return () => current.removeEventListener('focusout', onFocusOut)
  }, [isMarked])
  return (
    <div
      ref={place}
      role="group"
      aria-label={settingOf(id).label}
      tabIndex={-1}
      className={styles['spot']}
      data-setting={id}
      data-marked={isMarked || undefined}
    >
      {children}
    </div>
  )
}
