import { Modal, TextInput } from '@mantine/core'
import { Search } from 'lucide-react'
import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react'
import { formatCount } from '../ui/format.ts'
import { Keys } from '../ui/Keys.tsx'
import { currentOf, moved, narrow, type PaletteEntry, type PaletteGroup } from './palette-entries.ts'
import styles from './palette.module.css'
import { useFoundEntries } from './use-found-entries.ts'

interface Props {
  readonly isOpen: boolean
  readonly commands: readonly PaletteGroup[]
  /** `entry`: what was chosen; null: nothing, so the focus goes back. */
  readonly onClose: (entry: PaletteEntry | null) => void
}

/** Everything that can be reached by typing: pages, actions, and whatever has a name. */
export function Palette({ isOpen, commands, onClose }: Props) {
  return (
    <Modal
      opened={isOpen}
      onClose={() => onClose(null)}
      withCloseButton={false}
      returnFocus={false}
      centered={false}
      yOffset="10dvh"
      size={600}
      padding={0}
      // At once: what is typed after the key belongs into the field.
      transitionProps={{ duration: 0 }}
      attributes={{ content: { 'aria-label': 'Go to, do or find' } }}
    >
      <Finder commands={commands} onChoose={onClose} />
    </Modal>
  )
}

interface FinderProps {
  readonly commands: readonly PaletteGroup[]
  readonly onChoose: (entry: PaletteEntry | null) => void
}

/** The text and what it finds. The focus stays in the field; the chosen line is told to those who listen. */
function Finder({ commands, onChoose }: FinderProps) {
  const [text, setText] = useState('')
  const [chosenId, setChosenId] = useState<string | null>(null)
  const found = useFoundEntries(text)
  const groups = [...narrow(commands, text), ...found.groups]
  const entries = groups.flatMap((group) => group.entries)
  const current = currentOf(entries, chosenId)
  const listId = useId()
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => field.current?.focus(), [])
  const hasAny = entries.length > 0

  function pressKey(event: KeyboardEvent): void {
    if (event.nativeEvent.isComposing) return
    const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (by === 0 && event.key !== 'Enter') return
    event.preventDefault()
    const entry = entries[current]
    if (by !== 0) setChosenId(moved(entries, current, by))
    else if (entry !== undefined) onChoose(entry)
  }

  return (
    <>
      <TextInput
        ref={field}
        data-autofocus
        size="md"
        variant="unstyled"
        px="md"
        py={6}
        aria-label="Go to, do or find"
        placeholder="A page, an action, a person, a campaign…"
        leftSection={<Search size={18} aria-hidden />}
        leftSectionWidth={44}
        role="combobox"
        aria-autocomplete="list"
        aria-expanded={hasAny}
        aria-controls={hasAny ? listId : undefined}
        aria-activedescendant={hasAny ? entryElementId(listId, current) : undefined}
        maxLength={200}
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value)
          setChosenId(null)
        }}
        onKeyDown={pressKey}
      />
      {hasAny ? (
        <Results {...{ groups, current, listId }} onCurrent={setChosenId} onChoose={onChoose} />
      ) : (
        <div className={styles['nothing']}>
          {found.isSearching ? 'Looking…' : 'Nothing has all of these words. Try fewer, or the beginning of one.'}
        </div>
      )}
      <div role="status" className="sr-only">
        {found.isSearching ? '' : formatCount(entries.length, 'result')}
      </div>
    </>
  )
}

interface ResultsProps {
  readonly groups: readonly PaletteGroup[]
  /** Counted through all groups. */
  readonly current: number
  readonly listId: string
  readonly onCurrent: (id: string) => void
  readonly onChoose: (entry: PaletteEntry) => void
}

function Results({ groups, current, listId, onCurrent, onChoose }: ResultsProps) {
  const entries = groups.flatMap((group) => group.entries)
  return (
    <div id={listId} role="listbox" aria-label="Results" tabIndex={-1} className={styles['list']}>
      {groups.map(({ title, entries: ofGroup }) => (
        <div key={title} role="group" aria-label={title}>
          <div className={styles['title']} aria-hidden>
            {title}
          </div>
          {ofGroup.map((entry) => {
            const index = entries.indexOf(entry)
            return (
              <Entry
                key={entry.id}
                entry={entry}
                elementId={entryElementId(listId, index)}
                isCurrent={index === current}
                onCurrent={() => onCurrent(entry.id)}
                onChoose={() => onChoose(entry)}
              />
            )
          })}
        </div>
      ))}
    </div>
  )
}

interface EntryProps {
  readonly entry: PaletteEntry
  readonly elementId: string
  readonly isCurrent: boolean
  readonly onCurrent: () => void
  readonly onChoose: () => void
}

function Entry({ entry, elementId, isCurrent, onCurrent, onChoose }: EntryProps) {
  const element = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (isCurrent) element.current?.scrollIntoView({ block: 'nearest' })
  }, [isCurrent])
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the field has the focus and hears the keys
    <div
      ref={element}
      id={elementId}
      role="option"
      aria-selected={isCurrent}
      tabIndex={-1}
      className={styles['entry']}
      onMouseMove={isCurrent ? undefined : onCurrent}
      onMouseDown={(event) => event.preventDefault()}
      onClick={onChoose}
    >
      <entry.icon size={16} aria-hidden className="no-shrink" />
      <span className={styles['words']}>
        <span>{entry.label}</span>
        {entry.hint === undefined || entry.hint === '' ? null : <span className={styles['hint']}>{entry.hint}</span>}
      </span>
      {entry.keys === undefined ? null : (
        <span className={styles['keys']}>
          <Keys keys={entry.keys} />
        </span>
      )}
    </div>
  )
}

function entryElementId(listId: string, index: number): string {
  return `${listId}-${index}`
}
